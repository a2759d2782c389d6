namespace Companion.Oversight.Moderation;

internal static class ModerationEndpoints
{
    public static IEndpointRouteBuilder MapModeration(this IEndpointRouteBuilder app)
    {
        app.MapGroup("/api/v1").RequireAuthorization(ModerationServices.Moderators)
            .MapApprovals().MapPeople().MapFunnel().MapProblems().MapPauseSwitch();
        return app.MapPause();
    }
}
