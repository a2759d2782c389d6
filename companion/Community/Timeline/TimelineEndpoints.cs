using Companion.Foundation.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Companion.Community.Timeline;

internal static class TimelineEndpoints
{
    /// <summary>Of an export: where the next one goes on.</summary>
    public const string CursorHeader = "Timeline-Cursor";

    private const string ExportDescription =
        "Oldest first and whole, or up to limit. Every entry has its cursor, and the header Timeline-Cursor says before the first one where the next export goes on. "
        + "What running transactions may still add to is left to that.";

    public static void MapTimeline(this IEndpointRouteBuilder routes)
    {
        var timeline = routes.MapGroup("/api/v1").RequireAuthorization().WithTags("Timeline");
        timeline.MapGet("/timeline", ReadAsync)
            .WithSummary("What happened: all of it for moderators, else what concerns own invites and the own account.")
            .WithDescription("Newest first with cursors to page back; with order=oldest a feed to follow that misses nothing.");
        timeline.MapGet("/timeline.csv", ExportCsvAsync)
            .Produces<string>(StatusCodes.Status200OK, TimelineFormat.Csv.MediaType)
            .WithSummary("What happened, for spreadsheets, with a header row.")
            .WithDescription($"{ExportDescription} Values that a spreadsheet would take for formulas begin with an apostrophe.");
        timeline.MapGet("/timeline.ndjson", ExportNdjsonAsync)
            .Produces<string>(StatusCodes.Status200OK, TimelineFormat.Ndjson.MediaType)
            .WithSummary("What happened, one JSON object a line.")
            .WithDescription(ExportDescription);
    }

    private static async Task<Results<Ok<TimelinePage>, ProblemHttpResult>> ReadAsync(
        Caller caller,
        [AsParameters] TimelineParameters parameters,
        TimelineReader reader,
        CancellationToken cancellationToken)
    {
        var (query, refusal) = TimelineQuery.Parse(parameters);
        return query is null ? Problems.From(refusal!) : TypedResults.Ok(await reader.ReadAsync(caller, query, cancellationToken));
    }

    private static Task<Results<PushStreamHttpResult, ProblemHttpResult>> ExportCsvAsync(
        HttpResponse response,
        Caller caller,
        [AsParameters] TimelineParameters parameters,
        TimelineReader reader,
        CancellationToken cancellationToken) =>
        ExportAsync(response, caller, parameters, reader, TimelineFormat.Csv, cancellationToken);

    private static Task<Results<PushStreamHttpResult, ProblemHttpResult>> ExportNdjsonAsync(
        HttpResponse response,
        Caller caller,
        [AsParameters] TimelineParameters parameters,
        TimelineReader reader,
        CancellationToken cancellationToken) =>
        ExportAsync(response, caller, parameters, reader, TimelineFormat.Ndjson, cancellationToken);

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> ExportAsync(
        HttpResponse response,
        Caller caller,
        TimelineParameters parameters,
        TimelineReader reader,
        TimelineFormat format,
        CancellationToken cancellationToken)
    {
        var (query, refusal) = TimelineQuery.ParseExport(parameters);
        if (query is null)
        {
            return Problems.From(refusal!);
        }

        var end = await reader.EndAsync(caller, query, cancellationToken);
        // Read before the answer begins: afterwards a failure could only break it off.
        var first = await reader.FirstPageAsync(caller, query, end, cancellationToken);
        response.Headers[CursorHeader] = end.ToString();
        return TypedResults.Stream(
            async body =>
            {
                await using var writer = new StreamWriter(body, leaveOpen: true);
                await format.WriteAsync(writer, reader.ExportAsync(caller, query, first, end, cancellationToken), cancellationToken);
            },
            format.MediaType,
            format.FileName);
    }
}
