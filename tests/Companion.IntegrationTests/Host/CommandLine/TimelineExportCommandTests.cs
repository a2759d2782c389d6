using System.Text.Json;
using Companion.Host.CommandLine;
using Companion.IntegrationTests.Foundation.Store;
using Microsoft.Extensions.Configuration;

namespace Companion.IntegrationTests.Host.CommandLine;

public sealed class TimelineExportCommandTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly StoreScene _store = new(database.DataSource);

    [Fact]
    public async Task A_run_goes_on_where_the_last_one_said_that_it_ended()
    {
        var first = await _store.IssueAsync();
        var cursor = "";
        await Eventually.HoldsAsync(async () =>
        {
            (var code, var output, cursor) = await RunAsync("--format", "ndjson");
            code.ShouldBe(ExitCode.Ok);
            return Invites(output).Contains(first);
        });
        (await RunAsync("--format", "ndjson", "--from", cursor)).Output.ShouldBeEmpty();

        var second = await _store.IssueAsync();
        await Eventually.HoldsAsync(async () =>
        {
            var invites = Invites((await RunAsync("--format", "ndjson", "--from", cursor)).Output);
            invites.ShouldNotContain(first);
            return invites.Contains(second);
        });
    }

    [Fact]
    public async Task An_export_goes_into_a_file_as_csv_with_the_cursor_alone_on_standard_error()
    {
        var invite = await _store.IssueAsync();
        var file = Path.GetTempFileName();
        try
        {
            await Eventually.HoldsAsync(async () =>
            {
                var (code, output, cursor) = await RunAsync("--output", file);
                (code, output).ShouldBe((ExitCode.Ok, ""));
                var lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
                lines[0].ShouldBe("id,kind,type,at,actor,account,inviter,inviteId,detail,contact,cursor");
                return lines.Any(line => line.Contains(invite.ToString(), StringComparison.Ordinal)) && lines[^1].EndsWith($",{cursor}", StringComparison.Ordinal);
            });
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Times_bound_an_export()
    {
        var invite = await _store.IssueAsync();
        var day = FakeClock.Start.Date;
        await Eventually.HoldsAsync(async () =>
            Invites((await RunAsync("--format", "ndjson", "--since", $"{day:yyyy-MM-dd}", "--until", $"{day.AddDays(1):yyyy-MM-dd}")).Output).Contains(invite));

        (await RunAsync("--format", "ndjson", "--since", $"{day.AddDays(1):yyyy-MM-dd}")).Output.ShouldBeEmpty();
        (await RunAsync("--format", "ndjson", "--until", $"{day:yyyy-MM-dd}")).Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_can_not_be_written_has_a_code_of_its_own()
    {
        var (code, _, error) = await RunAsync("--output", Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString(), "timeline.csv"));

        code.ShouldBe(ExitCode.Failed);
        error.ShouldContain("can't be written");
    }

    private static List<Guid> Invites(string ndjson) =>
    [
        .. ndjson.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line).GetProperty("inviteId").GetGuid()),
    ];

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var line = new CompanionCommandLine(output, error, builder => builder.Configuration.AddInMemoryCollection(
            [new("Database:ConnectionString", database.ConnectionString)]));
        var code = await line.RunAsync(["timeline", "export", .. args]);
        return (code, output.ToString(), error.ToString().Trim());
    }
}
