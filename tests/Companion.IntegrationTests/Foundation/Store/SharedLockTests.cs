using Companion.Foundation.Store;

namespace Companion.IntegrationTests.Foundation.Store;

/// <summary>The pool resets no session: a lock that stayed with its connection would stay for ever.</summary>
public sealed class SharedLockTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const long Key = 42;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_holds_it_at_a_time_and_who_is_done_leaves_none()
    {
        await using (await SharedLock.TakeAsync(database.DataSource, Key, Cancel))
        {
            (await HeldAsync()).ShouldBe(1);
            using var patience = new CancellationTokenSource();
            var waiting = SharedLock.TakeAsync(database.DataSource, Key, patience.Token);
            await Eventually.HoldsAsync(async () => await HeldAsync(granted: false) == 1);
            await patience.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(waiting);
        }

        (await HeldAsync()).ShouldBe(0);
    }

    private async Task<int> HeldAsync(bool granted = true) => (await database.DataSource.QueryAsync(
        "select count(*)::int from pg_locks where locktype = 'advisory' and granted = @granted and database = (select oid from pg_database where datname = current_database())",
        reader => reader.GetInt32(0),
        [Param.Bool("granted", granted)],
        Cancel))[0];
}
