using Companion.Community.Directory;
using Companion.Community.Pausing;
using Companion.Foundation.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Companion.Oversight.Moderation;

internal static class PauseEndpoints
{
    private const string Path = "/pause";

    private const string Tag = "Pause";

    /// <summary>For everybody who is signed in.</summary>
    public static IEndpointRouteBuilder MapPause(this IEndpointRouteBuilder app)
    {
        app.MapGroup("/api/v1").RequireAuthorization().WithTags(Tag).MapGet(Path, ReadAsync).WithName("GetPause").WithSummary("Whether all inviting is paused")
            .Produces<PauseAnswer>().Produces(StatusCodes.Status304NotModified);
        return app;
    }

    public static IEndpointRouteBuilder MapPauseSwitch(this IEndpointRouteBuilder moderation)
    {
        moderation.MapPost(Path, SwitchAsync).WithTags(Tag).WithName("SwitchPause").WithSummary("Pauses all inviting, changes the text about it, or lets it go on; for moderators")
            .WithDescription("While it is paused nobody invites or registers and no invitation is mailed; invitees may ask to be told when it goes on.");
        return moderation;
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
        var refusal = key?.Refusal ?? await pause.RunAsync(caller.Account, body, key?.Value, cancellationToken);
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
