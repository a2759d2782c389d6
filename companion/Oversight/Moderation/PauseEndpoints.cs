using Companion.Community.Directory;
using Companion.Community.Pausing;
using Companion.Foundation.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Companion.Oversight.Moderation;

internal static class PauseEndpoints
{
    public static IEndpointRouteBuilder MapPausing(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1/pause").RequireAuthorization().WithTags("Pause");
        api.MapGet("", ReadAsync).WithName("GetPause").WithSummary("Whether all inviting is paused")
            .Produces<PauseAnswer>().Produces(StatusCodes.Status304NotModified);
        api.MapPost("", SwitchAsync).WithName("SwitchPause").WithSummary("Pauses all inviting, changes the text about it, or lets it go on; for moderators")
            .WithDescription("While it is paused nobody invites or registers and no invitation is mailed; invitees may ask to be told when it goes on.");
        return app;
    }

    private static async Task<IResult> ReadAsync(
        HttpContext context, Caller caller, NpgsqlDataSource dataSource, InviterDirectory directory, CancellationToken cancellationToken) =>
        ConditionalJson.Of(context, await AnswerAsync(caller, dataSource, directory, cancellationToken), PauseApiJson.Default.PauseAnswer);

    private static async Task<Results<Ok<PauseAnswer>, ProblemHttpResult>> SwitchAsync(
        PauseRequest body,
        Caller caller,
        HttpRequest request,
        SwitchPause pause,
        NpgsqlDataSource dataSource,
        InviterDirectory directory,
        CancellationToken cancellationToken)
    {
        var key = RepeatableRequests.ReadKey(request);
        var refusal = !caller.IsModerator ? Problems.Forbidden
            : key?.Refusal ?? await pause.RunAsync(caller.Account, body, key?.Value, cancellationToken);
        return refusal is not null
            ? Problems.From(refusal)
            : TypedResults.Ok(await AnswerAsync(caller, dataSource, directory, cancellationToken));
    }

    private static async Task<PauseAnswer> AnswerAsync(
        Caller caller, NpgsqlDataSource dataSource, InviterDirectory directory, CancellationToken cancellationToken)
    {
        var (state, text) = await PauseTable.ReadAsync(dataSource, cancellationToken);
        return new PauseAnswer(
            state.IsPaused,
            text,
            state.Since,
            caller.IsModerator && state.By is { } by
                ? new ApprovalPerson(by, (await directory.FindAsync([by], cancellationToken)).GetValueOrDefault(by)?.DisplayName)
                : null);
    }
}
