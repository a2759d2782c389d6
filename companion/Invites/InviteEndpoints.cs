using Companion.Decisions;
using Companion.Directory;
using Companion.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Companion.Invites;

internal static class InviteEndpoints
{
    public static IEndpointRouteBuilder MapInvites(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1").RequireAuthorization().WithTags("Invites");
        api.MapGet("/me", MeAsync).WithName("GetMe").WithSummary("Who the caller is here");
        api.MapGet("/invite-options", OptionsAsync).WithName("GetInviteOptions").WithSummary("What a new invitation may hold");
        api.MapPost("/invites", IssueAsync).WithName("IssueInvites").WithSummary("Invites 1 to 100 people; answers per row")
            .WithMetadata(new RequestSizeLimitAttribute(IssueInvitesRequest.MaxBytes));
        api.MapGet("/invites", ListAsync).WithName("ListInvites").WithSummary("Own invites, newest first; moderators see those of anyone")
            .Produces<InvitePage>().Produces(StatusCodes.Status304NotModified);
        api.MapGet("/invites/{id:guid}", FindAsync).WithName("GetInvite").WithSummary("One invite")
            .Produces<InviteView>().Produces(StatusCodes.Status304NotModified);
        api.MapPost("/invites/{id:guid}/resend", ResendAsync).WithName("ResendInvite").WithSummary("Sends a new link; the old one is dead");
        api.MapPost("/invites/{id:guid}/revoke", RevokeAsync).WithName("RevokeInvite").WithSummary("Takes an invite back");
        return app;
    }

    private static async Task<Ok<MeAnswer>> MeAsync(Caller caller, InviterDirectory directory, CancellationToken cancellationToken) =>
        TypedResults.Ok(MeAnswer.Of(caller, await directory.FindAsync(caller.Account, cancellationToken)));

    private static async Task<Ok<InviteOptionsAnswer>> OptionsAsync(
        Caller caller, InviteOptions options, CancellationToken cancellationToken) =>
        TypedResults.Ok(await options.ReadAsync(caller.Account, cancellationToken));

    private static async Task<Results<Ok<IssueInvitesAnswer>, ProblemHttpResult>> IssueAsync(
        IssueInvitesRequest body, Caller caller, HttpRequest request, IssueInvites issue, CancellationToken cancellationToken)
    {
        var key = RepeatableRequests.ReadKey(request);
        if (key?.Refusal is { } refusal)
        {
            return Problems.From(refusal);
        }

        var outcome = await issue.RunAsync(caller.Account, body, key?.Value, cancellationToken);
        return Answer(outcome.Refusal, outcome.Value);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        Caller caller,
        ListInvites list,
        CancellationToken cancellationToken,
        string? status = null,
        string? cursor = null,
        string? inviter = null,
        bool all = false,
        int limit = ListInvites.DefaultLimit)
    {
        var whose = all ? null : inviter is null ? caller.Account : (AccountId?)new AccountId(inviter);
        if (whose != caller.Account && !caller.IsModerator)
        {
            return Problems.From(Problems.Forbidden);
        }

        var page = await list.RunAsync(whose, status, cursor, limit, cancellationToken);
        return page.Refusal is { } refusal ? Problems.From(refusal) : ConditionalJson.Of(context, page.Value!, InviteApiJson.Default.InvitePage);
    }

    private static async Task<IResult> FindAsync(
        Guid id, HttpContext context, Caller caller, ListInvites list, CancellationToken cancellationToken) =>
        await list.FindAsync(new InviteId(id), caller, cancellationToken) is { } view
            ? ConditionalJson.Of(context, view, InviteApiJson.Default.InviteView)
            : Problems.From(Problems.NotFound);

    private static async Task<Results<Ok<InviteView>, ProblemHttpResult>> ResendAsync(
        Guid id, Caller caller, HttpRequest request, ListInvites list, ChangeInvite change, CancellationToken cancellationToken)
    {
        InviteId invite = new(id);
        var key = RepeatableRequests.ReadKey(request);
        if (key?.Refusal is { } refusal)
        {
            return Problems.From(refusal);
        }

        if (await list.FindAsync(invite, caller, cancellationToken) is not { } view)
        {
            return Problems.From(Problems.NotFound);
        }

        var outcome = await change.ResendAsync(invite, caller, view.Inviter, key?.Value, cancellationToken);
        return Answer(outcome.Refusal, await list.FindAsync(invite, caller, cancellationToken));
    }

    private static async Task<Results<Ok<InviteView>, ProblemHttpResult>> RevokeAsync(
        Guid id, Caller caller, HttpRequest request, ListInvites list, ChangeInvite change, CancellationToken cancellationToken)
    {
        InviteId invite = new(id);
        var key = RepeatableRequests.ReadKey(request);
        if (key?.Refusal is { } refusal)
        {
            return Problems.From(refusal);
        }

        var outcome = await change.RevokeAsync(invite, caller, key?.Value, cancellationToken);
        return Answer(outcome.Refusal, await list.FindAsync(invite, caller, cancellationToken));
    }

    private static Results<Ok<T>, ProblemHttpResult> Answer<T>(Refusal? refusal, T? value)
        where T : class =>
        refusal is not null ? Problems.From(refusal) : TypedResults.Ok(value);
}
