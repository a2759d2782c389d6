using Companion.Community.Approvals;
using Companion.Foundation.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Companion.Journey.Invites;

internal static class InviteEndpoints
{
    public static IEndpointRouteBuilder MapInvites(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1").RequireAuthorization().WithTags("Invites");
        api.MapGet("/invite-options", OptionsAsync).WithName("GetInviteOptions").WithSummary("What a new invitation may hold");
        api.MapPost("/invites", IssueAsync).WithName("IssueInvites").WithSummary("Invites 1 to 1000 people; answers per row");
        api.MapPost("/invites/dry-run", DryRunAsync).WithName("DryRunInvites").WithSummary("What would become of each row; sends nothing");
        api.MapGet("/invites", ListAsync).WithName("ListInvites").WithSummary("Own invites, newest first; moderators see those of anyone")
            .Produces<InvitePage>().Produces(StatusCodes.Status304NotModified);
        api.MapGet("/invites/{id:guid}", FindAsync).WithName("GetInvite").WithSummary("One invite")
            .Produces<InviteView>().Produces(StatusCodes.Status304NotModified);
        api.MapPost("/invites/{id:guid}/resend", ResendAsync).WithName("ResendInvite").WithSummary("Sends a new link; the old one is dead");
        api.MapPost("/invites/{id:guid}/extend", ExtendAsync).WithName("ExtendInvite").WithSummary("Lets the link that is out live longer");
        api.MapPost("/invites/{id:guid}/link", LinkAsync).WithName("TakeInviteLink").WithSummary("A further link, shown once; where links may be taken");
        api.MapPost("/invites/{id:guid}/revoke", RevokeAsync).WithName("RevokeInvite").WithSummary("Takes an invite back");
        api.MapPost("/invites/{id:guid}/answer", AnswerAsync).WithName("AnswerAboutInvite").WithSummary("The inviter answers what a moderator asked");
        return app;
    }

    private static async Task<Results<Ok<InviteOptionsAnswer>, ProblemHttpResult>> OptionsAsync(
        Caller caller, InviteOptions options, CancellationToken cancellationToken, string? search = null, string? cursor = null)
    {
        var (answer, refusal) = await options.ReadAsync(caller.Account, search, cursor, cancellationToken);
        return Answer(refusal, answer);
    }

    private static async Task<Results<Ok<IssueInvitesAnswer>, ProblemHttpResult>> IssueAsync(
        IssueInvitesRequest body, Caller caller, HttpRequest request, IssueInvites issue, CancellationToken cancellationToken)
    {
        var key = RepeatableRequests.ReadKey(request);
        if (key?.Refusal is { } refusal)
        {
            return Problems.From(refusal);
        }

        var (answer, problem) = await issue.RunAsync(caller.Account, body, key?.Value, cancellationToken);
        return Answer(problem, answer);
    }

    private static async Task<Results<Ok<DryRunAnswer>, ProblemHttpResult>> DryRunAsync(
        IssueInvitesRequest body, Caller caller, DryRunInvites dryRun, CancellationToken cancellationToken, string? language = null)
    {
        var (answer, refusal) = await dryRun.RunAsync(caller.Account, body, language, cancellationToken);
        return Answer(refusal, answer);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        Caller caller,
        ListInvites list,
        CancellationToken cancellationToken,
        string? status = null,
        string? search = null,
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

        var page = await list.RunAsync(new InviteQuery(whose, status, search, cursor, limit, caller.IsModerator), cancellationToken);
        return page.Refusal is { } refusal ? Problems.From(refusal) : ConditionalJson.Of(context, page.Value!, InviteApiJson.Default.InvitePage);
    }

    private static async Task<IResult> FindAsync(
        Guid id, HttpContext context, Caller caller, ListInvites list, CancellationToken cancellationToken) =>
        await list.FindAsync(new InviteId(id), caller, cancellationToken) is { } view
            ? ConditionalJson.Of(context, view, InviteApiJson.Default.InviteView)
            : Problems.From(Problems.NotFound);

    private static Task<Results<Ok<InviteView>, ProblemHttpResult>> ResendAsync(
        Guid id, Caller caller, HttpRequest request, ListInvites list, ChangeInvite change, CancellationToken cancellationToken) =>
        ChangeAsync(request, caller, list, new InviteId(id), key => change.ResendAsync(new InviteId(id), caller, key, cancellationToken), cancellationToken);

    private static Task<Results<Ok<InviteView>, ProblemHttpResult>> ExtendAsync(
        Guid id, Caller caller, HttpRequest request, ListInvites list, ChangeInvite change, CancellationToken cancellationToken) =>
        ChangeAsync(request, caller, list, new InviteId(id), key => change.ExtendAsync(new InviteId(id), caller, key, cancellationToken), cancellationToken);

    private static Task<Results<Ok<InviteView>, ProblemHttpResult>> RevokeAsync(
        Guid id, Caller caller, HttpRequest request, ListInvites list, ChangeInvite change, CancellationToken cancellationToken) =>
        ChangeAsync(request, caller, list, new InviteId(id), key => change.RevokeAsync(new InviteId(id), caller, key, cancellationToken), cancellationToken);

    private static async Task<Results<Ok<InviteView>, ProblemHttpResult>> AnswerAsync(
        Guid id, ApprovalRequest body, Caller caller, DecideApproval decide, ListInvites list, CancellationToken cancellationToken)
    {
        InviteId invite = new(id);
        if (await list.FindAsync(invite, caller, cancellationToken) is not { } view || view.Inviter != caller.Account)
        {
            return Problems.From(Problems.NotFound);
        }

        var refusal = await decide.AnswerAsync(ApprovalId.Of(invite, ApprovalSubject.Invite), body.Note, cancellationToken);
        return Answer(refusal, await list.FindAsync(invite, caller, cancellationToken));
    }

    private static async Task<Results<Ok<TakenLink>, ProblemHttpResult>> LinkAsync(
        Guid id, Caller caller, ChangeInvite change, CancellationToken cancellationToken)
    {
        var (link, refusal) = await change.TakeLinkAsync(new InviteId(id), caller, cancellationToken);
        return Answer(refusal, link);
    }

    private static async Task<Results<Ok<InviteView>, ProblemHttpResult>> ChangeAsync(
        HttpRequest request,
        Caller caller,
        ListInvites list,
        InviteId invite,
        Func<string?, Task<Outcome<ChangedInvite>>> change,
        CancellationToken cancellationToken)
    {
        var key = RepeatableRequests.ReadKey(request);
        var refusal = key?.Refusal ?? (await change(key?.Value)).Refusal;
        return Answer(refusal, await list.FindAsync(invite, caller, cancellationToken));
    }

    private static Results<Ok<T>, ProblemHttpResult> Answer<T>(Refusal? refusal, T? value)
        where T : class =>
        refusal is not null ? Problems.From(refusal) : TypedResults.Ok(value);
}

/// <summary>Shapes of the invite API on the wire.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(InviteId))]
[JsonSerializable(typeof(IssueInvitesRequest))]
[JsonSerializable(typeof(IssueInvitesAnswer))]
[JsonSerializable(typeof(DryRunAnswer))]
[JsonSerializable(typeof(TakenLink))]
[JsonSerializable(typeof(ChangedInvite))]
[JsonSerializable(typeof(InviteView))]
[JsonSerializable(typeof(InvitePage))]
[JsonSerializable(typeof(InviteOptionsAnswer))]
internal sealed partial class InviteApiJson : JsonSerializerContext;
