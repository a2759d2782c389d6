using Companion.Community.Timeline;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.Foundation.Web;
using Companion.IntegrationTests.Foundation.Store;

namespace Companion.IntegrationTests.Community.Timeline;

/// <summary>Transaction numbers are numbers: as text, 10 would come before 9.</summary>
public sealed class TimelineOrderTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private static readonly Caller Moderator = new(new AccountId("moderator"), IsModerator: true);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await database.DataSource.ExecuteAsync(
        """
        insert into companion.timeline_entry (xid, kind, type, at, detail)
        select number::text::xid8, 'UserEvent', 'probe', now(), number::text from unnest(array[10, 9, 100]) number
        where not exists (select from companion.timeline_entry)
        """,
        [],
        Cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(null)]
    [InlineData("1")]
    [InlineData("2")]
    public async Task Exports_go_by_the_number_of_the_transaction(string? limit)
    {
        var reader = new TimelineReader(database.DataSource);
        var (seen, cursor) = (new List<string>(), (string?)null);
        for (var export = 0; export < 4; export++)
        {
            var query = TimelineQuery.ParseExport(new TimelineParameters { Cursor = cursor, Limit = limit }).Query!;
            var end = await reader.EndAsync(Moderator, query, Cancel);
            var first = await reader.FirstPageAsync(Moderator, query, end, Cancel);
            await foreach (var page in reader.ExportAsync(Moderator, query, first, end, Cancel))
            {
                seen.AddRange(page.Select(row => row.Line.Detail!));
            }

            cursor = end.ToString();
        }

        seen.ShouldBe(["9", "10", "100"]);
    }

    [Fact]
    public async Task Who_must_see_all_of_it_reads_by_the_number_of_the_transaction()
    {
        var entries = await new StoreScene(database.DataSource).Transactions.RunAsync(
            (unit, ct) => TimelineSql.FinalAfterAsync(unit, new TimelineCursor(0, 0), 10, ct), Cancel);

        entries.Select(entry => entry.Line.Detail).ShouldBe(["9", "10", "100"]);
    }
}
