using Companion.Community.Timeline;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.Foundation.Web;
using Companion.IntegrationTests.Foundation.Store;

namespace Companion.IntegrationTests.Community.Timeline;

public sealed class TimelineFeedTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Writers = 8;

    private const int EntriesPerWriter = 60;

    private static readonly Caller Moderator = new(new AccountId("moderator"), IsModerator: true);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Writers hold their transactions open for a while, so that entries appear out of the order of their ids.</summary>
    [Fact]
    public async Task A_follower_reads_every_entry_once_while_writers_commit_in_any_order()
    {
        var store = new StoreScene(database.DataSource);
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(store.Transactions, writer, "follow")));

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

    /// <summary>Each export starts where the one before said, or at the last line of one that was cut off.</summary>
    [Fact]
    public async Task Exports_one_after_the_other_miss_nothing_and_repeat_nothing_while_writers_commit_in_any_order()
    {
        var store = new StoreScene(database.DataSource);
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(store.Transactions, writer, "export")));

        var (seen, cursor) = (new List<string>(), (string?)null);
        while (!writing.IsCompleted)
        {
            cursor = await ExportAsync(seen, cursor, pages: seen.Count % 3 == 0 ? 1 : int.MaxValue);
        }

        await writing;
        await Eventually.HoldsAsync(async () =>
        {
            cursor = await ExportAsync(seen, cursor, int.MaxValue);
            return seen.Count >= Writers * EntriesPerWriter;
        });

        seen.ShouldBeUnique();
        seen.Count.ShouldBe(Writers * EntriesPerWriter);
    }

    /// <param name="pages">Reading is broken off after so many.</param>
    private async Task<string> ExportAsync(List<string> seen, string? cursor, int pages)
    {
        var reader = new TimelineReader(database.DataSource);
        var (query, _) = TimelineQuery.ParseExport(new TimelineParameters { Type = "export", Cursor = cursor, Limit = seen.Count % 2 == 0 ? "7" : null });
        var end = await reader.EndAsync(Moderator, query!, Cancel);
        var first = await reader.FirstPageAsync(Moderator, query!, end, Cancel);
        await foreach (var page in reader.ExportAsync(Moderator, query!, first, end, Cancel))
        {
            seen.AddRange(page.Select(row => row.Line.Detail!));
            if (--pages == 0)
            {
                return page[^1].Position.ToString();
            }
        }

        return end.ToString();
    }

    private string? _cursor;

    private async Task FollowAsync(List<string> seen, Func<bool> until)
    {
        var reader = new TimelineReader(database.DataSource);
        bool last;
        do
        {
            last = until();
            var (query, _) = TimelineQuery.Parse(new TimelineParameters { Order = "oldest", Type = "follow", Limit = "50", Cursor = _cursor });
            var page = await reader.ReadAsync(Moderator, query!, Cancel);
            seen.AddRange(page.Entries.Select(entry => entry.Detail!));
            _cursor = page.Next;
        }
        while (!last);
    }

    private static async Task WriteAsync(Transactions transactions, int writer, string type)
    {
        var random = new Random(writer);
        for (var n = 0; n < EntriesPerWriter; n++)
        {
            await transactions.RunAsync(
                Guid.CreateVersion7(),
                async (unit, ct) =>
                {
                    unit.Queue(TimelineSql.Insert(new TimelineEntry(
                        TimelineKind.UserEvent, type, unit.Now, null, null, null, null, Name(writer, n))));
                    await unit.FlushAsync(ct);
                    await unit.ExecuteAsync($"select pg_sleep({random.Next(5)} / 1000.0)", [], ct);
                    return true;
                },
                Cancel);
        }
    }

    private static string Name(int writer, int n) => $"{writer}/{n}";
}
