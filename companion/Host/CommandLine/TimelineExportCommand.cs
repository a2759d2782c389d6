using System.CommandLine;
using Companion.Community.Timeline;
using Companion.Foundation.Web;

namespace Companion.Host.CommandLine;

internal static class TimelineExportCommand
{
    private static readonly Caller Operator = new(new AccountId("operator"), IsModerator: true);

    public static Command Create(CompanionCommandLine line)
    {
        var format = new Option<string>("--format") { Description = "csv or ndjson.", DefaultValueFactory = _ => "csv" };
        format.AcceptOnlyFromAmong("csv", "ndjson");
        var from = new Option<string?>("--from") { Description = "Go on behind this cursor: the last that a run printed, or that of a line." };
        var since = new Option<string?>("--since") { Description = "Nothing before this time, e.g. 2026-03-02T10:00:00Z." };
        var until = new Option<string?>("--until") { Description = "Only what was before this time." };
        var output = new Option<FileInfo?>("--output") { Description = "Write to this file, in place of what it holds; standard output without it." };
        var command = new Command(
            "export",
            "Writes the timeline as moderators see it, oldest first, and the cursor to go on from to standard error. "
            + "What running transactions may still add to is left to the next run. Ends with "
            + $"{ExitCode.Failed} when the file can't be written, {ExitCode.Usage} for a cursor or time that is none.")
        {
            format, from, since, until, output,
        };
        command.Validators.Add(result =>
        {
            if (Query(result.GetValue(from), result.GetValue(since), result.GetValue(until)).Refusal is { } refusal)
            {
                result.AddError($"{OptionOf(refusal)}: {refusal.Message}");
            }
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(
            line,
            parsed,
            Query(parsed.GetValue(from), parsed.GetValue(since), parsed.GetValue(until)).Query!,
            parsed.GetValue(format) == "csv" ? TimelineFormat.Csv : TimelineFormat.Ndjson,
            parsed.GetValue(output),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        CompanionCommandLine line, ParseResult parsed, TimelineQuery query, TimelineFormat format, FileInfo? file, CancellationToken cancellationToken)
    {
        var error = parsed.InvocationConfiguration.Error;
        try
        {
            return await line.WithServicesAsync(async (services, output) =>
            {
                var reader = services.GetRequiredService<TimelineReader>();
                var end = await reader.EndAsync(Operator, query, cancellationToken);
                var first = await reader.FirstPageAsync(Operator, query, end, cancellationToken);
                var pages = reader.ExportAsync(Operator, query, first, end, cancellationToken);
                if (file is null)
                {
                    await format.WriteAsync(output, pages, cancellationToken);
                }
                else
                {
                    await using var writer = new StreamWriter(file.Create());
                    await format.WriteAsync(writer, pages, cancellationToken);
                }

                await error.WriteLineAsync(end.ToString());
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"The timeline can't be written: {exception.Message}");
            return ExitCode.Failed;
        }
    }

    private static (TimelineQuery? Query, Refusal? Refusal) Query(string? from, string? since, string? until) =>
        TimelineQuery.ParseExport(new TimelineParameters { Cursor = from, From = since, To = until });

    private static string OptionOf(Refusal refusal) => refusal.Field switch
    {
        "cursor" => "--from",
        "from" => "--since",
        _ => "--until",
    };
}
