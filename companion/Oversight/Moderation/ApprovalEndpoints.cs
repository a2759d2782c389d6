using Companion.Community.Approvals;
using Companion.Foundation.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Companion.Oversight.Moderation;

internal static class ApprovalEndpoints
{
    public static IEndpointRouteBuilder MapApprovals(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/approvals").WithTags("Approvals");
        api.MapGet("", ListAsync).WithName("ListApprovals").WithSummary("What waits, oldest first, or what was decided, newest first; for moderators")
            .Produces<ApprovalPage>().Produces(StatusCodes.Status304NotModified);
        api.MapGet("/{id:guid}", FindAsync).WithName("GetApproval").WithSummary("One case")
            .Produces<ApprovalView>().Produces(StatusCodes.Status304NotModified);
        api.MapPost("/{id:guid}/approve", ApproveAsync).WithName("Approve").WithSummary("Votes for it; the last vote that is needed lets it go on");
        api.MapPost("/{id:guid}/deny", DenyAsync).WithName("Deny").WithSummary("Votes against it, with a reason that the person gets to read");
        api.MapPost("/{id:guid}/ask", AskAsync).WithName("AskAboutApproval").WithSummary("Asks the person something");
        api.MapPost("/{id:guid}/take", TakeAsync).WithName("TakeApproval").WithSummary("Keeps others from working on it for a while");
        api.MapPost("/{id:guid}/drop", DropAsync).WithName("DropApproval").WithSummary("Leaves it to the others again");
        return app;
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        Caller caller,
        ListApprovals list,
        CancellationToken cancellationToken,
        bool decided = false,
        string? cursor = null,
        string? language = null,
        int limit = ListApprovals.DefaultLimit)
    {
        var (page, refusal) = await list.RunAsync(caller.Account, decided, cursor, limit, language, cancellationToken);
        return page is null ? Problems.From(refusal!) : ConditionalJson.Of(context, page, ApprovalApiJson.Default.ApprovalPage);
    }

    private static async Task<IResult> FindAsync(
        Guid id, HttpContext context, Caller caller, ListApprovals list, CancellationToken cancellationToken, string? language = null) =>
        await list.FindAsync(new ApprovalId(id), caller.Account, language, cancellationToken) is { } view
            ? ConditionalJson.Of(context, view, ApprovalApiJson.Default.ApprovalView)
            : Problems.From(ApprovalRefusals.Unknown);

    private static Task<Results<Ok<ApprovalView>, ProblemHttpResult>> ApproveAsync(
        Guid id, ApprovalRequest? body, Caller caller, DecideApproval decide, ListApprovals list, CancellationToken cancellationToken) =>
        ChangeAsync(id, caller, list, (approval, by) => decide.VoteAsync(approval, by, true, body?.Note, cancellationToken), cancellationToken);

    private static Task<Results<Ok<ApprovalView>, ProblemHttpResult>> DenyAsync(
        Guid id, ApprovalRequest body, Caller caller, DecideApproval decide, ListApprovals list, CancellationToken cancellationToken) =>
        ChangeAsync(id, caller, list, (approval, by) => decide.VoteAsync(approval, by, false, body.Note, cancellationToken), cancellationToken);

    private static Task<Results<Ok<ApprovalView>, ProblemHttpResult>> AskAsync(
        Guid id, ApprovalRequest body, Caller caller, DecideApproval decide, ListApprovals list, CancellationToken cancellationToken) =>
        ChangeAsync(id, caller, list, (approval, by) => decide.AskAsync(approval, by, body.Note, cancellationToken), cancellationToken);

    private static Task<Results<Ok<ApprovalView>, ProblemHttpResult>> TakeAsync(
        Guid id, Caller caller, DecideApproval decide, ListApprovals list, CancellationToken cancellationToken) =>
        ChangeAsync(id, caller, list, (approval, by) => decide.TakeAsync(approval, by, cancellationToken), cancellationToken);

    private static Task<Results<Ok<ApprovalView>, ProblemHttpResult>> DropAsync(
        Guid id, Caller caller, DecideApproval decide, ListApprovals list, CancellationToken cancellationToken) =>
        ChangeAsync(id, caller, list, (approval, by) => decide.DropAsync(approval, by, cancellationToken), cancellationToken);

    private static async Task<Results<Ok<ApprovalView>, ProblemHttpResult>> ChangeAsync(
        Guid id, Caller caller, ListApprovals list, Func<ApprovalId, AccountId, Task<Refusal?>> change, CancellationToken cancellationToken)
    {
        ApprovalId approval = new(id);
        return await change(approval, caller.Account) is { } refusal ? Problems.From(refusal)
            : await list.FindAsync(approval, caller.Account, null, cancellationToken) is { } view ? TypedResults.Ok(view)
            : Problems.From(ApprovalRefusals.Unknown);
    }
}

/// <summary>Shapes of the approvals' API on the wire.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ApprovalPage))]
[JsonSerializable(typeof(ApprovalRequest))]
internal sealed partial class ApprovalApiJson : JsonSerializerContext;
