using Companion.Directory;
using Companion.EventStore;
using Companion.Hosting;
using Companion.IntegrationTests.EventStore;
using Companion.Timeline;

namespace Companion.IntegrationTests.Timeline;

public sealed class TimelineFeedTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Writers = 8;

    private const int EntriesPerWriter = 60;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Writers hold their transactions open for a while, so that entries appear out of the order of their ids.</summary>
    [Fact]
    public async Task A_follower_reads_every_entry_once_while_writers_commit_in_any_order()
    {
        var store = new StoreHarness(database.DataSource);
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(store.Transactions, writer)));

        var seen = new List<string>();
        await FollowAsync(seen, until: () => writing.IsCompleted);
        await writing;
        await Eventually.HoldsAsync(async () =>
        {
            await FollowAsync(seen, until: () => true);
            return seen.Count >= Writers * EntriesPerWriter;
        });

        seen.ShouldBeUnique();
        seen.Order(StringComparer.Ordinal).ShouldBe(
            Enumerable.Range(0, Writers).SelectMany(writer => Enumerable.Range(0, EntriesPerWriter).Select(n => Name(writer, n))).Order(StringComparer.Ordinal));
    }

    private string? _cursor;

    private async Task FollowAsync(List<string> seen, Func<bool> until)
    {
        var reader = new TimelineReader(database.DataSource);
        var moderator = new Caller(new AccountId("moderator"), IsModerator: true);
        bool last;
        do
        {
            last = until();
            var (query, _) = TimelineQuery.Parse(new TimelineParameters { Order = "oldest", Limit = "50", Cursor = _cursor });
            var page = await reader.ReadAsync(moderator, query!, Cancel);
            seen.AddRange(page.Entries.Select(entry => entry.Detail!));
            _cursor = page.Next;
        }
        while (!last);
    }

    private static async Task WriteAsync(Transactions transactions, int writer)
    {
        var random = new Random(writer);
        for (var n = 0; n < EntriesPerWriter; n++)
        {
            await transactions.RunAsync(
                Guid.CreateVersion7(),
                async (unit, ct) =>
                {
                    unit.Queue(TimelineSql.Insert(new TimelineEntry(
                        TimelineKind.UserEvent, "probe", unit.Now, null, null, null, null, Name(writer, n))));
                    await unit.FlushAsync(ct);
                    await unit.ExecuteAsync($"select pg_sleep({random.Next(5)} / 1000.0)", [], ct);
                    return true;
                },
                Cancel);
        }
    }

    private static string Name(int writer, int n) => $"{writer}/{n}";
}
