using Companion.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Companion.Timeline;

internal static class TimelineEndpoints
{
    public static void MapTimeline(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/timeline", ReadAsync)
        .WithTags("Timeline")
        .WithSummary("What happened: all of it for moderators, else what concerns own invites and the own account.")
        .WithDescription("Newest first with cursors to page back; with order=oldest a feed to follow that misses nothing.")
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Results<Ok<TimelinePage>, ProblemHttpResult>> ReadAsync(
        Caller caller, [AsParameters] TimelineParameters parameters, TimelineReader reader, CancellationToken cancellationToken)
    {
        var (query, refusal) = TimelineQuery.Parse(parameters);
        return query is null ? Problems.From(refusal!) : TypedResults.Ok(await reader.ReadAsync(caller, query, cancellationToken));
    }
}
