using Companion.Community.Directory;
using Companion.Foundation.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Companion.Oversight.Moderation;

internal static class PeopleEndpoints
{
    /// <summary>As many as fit into an address.</summary>
    private const int MaxNames = 100;

    public static IEndpointRouteBuilder MapPeople(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/people").WithTags("People");
        api.MapGet("", ListAsync).WithName("ListPeople").WithSummary("Who brought whom; for moderators")
            .WithDescription("Everybody, or from one account on, breadth first and as many as fit; the rest page by page, and below somebody from that account on. With a search, those whose name or account it is, out of the tree.")
            .Produces<PeoplePage>().Produces(StatusCodes.Status304NotModified);
        api.MapGet("/names", NamesAsync).WithName("ListNames").WithSummary("What people are called, as far as it is known now; for moderators")
            .WithDescription(string.Create(CultureInfo.InvariantCulture, $"For lists that have accounts only; up to {MaxNames} at once."));
        api.MapPost("/{account}/freeze", FreezeAsync).WithName("FreezeInviting").WithSummary("Pauses somebody's inviting, and that of all below where asked for")
            .WithDescription("Nothing can be sent, and nobody comes in by what is out, until it is thawed.");
        api.MapPost("/{account}/thaw", ThawAsync).WithName("ThawInviting").WithSummary("Lets somebody go on inviting; what is out works again");
        api.MapPost("/{account}/flag", FlagAsync).WithName("FlagPerson").WithSummary("Marks somebody whose invitations rules may hold back");
        api.MapPost("/{account}/unflag", UnflagAsync).WithName("UnflagPerson").WithSummary("Takes the mark away");
        api.MapPost("/{account}/revoke-pending", RevokeAsync).WithName("RevokePending")
            .WithSummary("Takes back all open invitations of somebody, and those of all below where asked for");
        return app;
    }

    public static IEndpointRouteBuilder MapFunnel(this IEndpointRouteBuilder app)
    {
        app.MapGet("/funnel", FunnelAsync).WithTags("People").WithName("GetFunnel")
            .WithSummary("How far each week's invitations got, how long the steps took, and the moderators' time; for moderators")
            .Produces<FunnelAnswer>().Produces(StatusCodes.Status304NotModified);
        return app;
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        Caller caller,
        ListPeople list,
        CancellationToken cancellationToken,
        string? root = null,
        string? search = null,
        string? cursor = null,
        int limit = ListPeople.DefaultLimit)
    {
        var (page, refusal) = await list.RunAsync(string.IsNullOrEmpty(root) ? null : new AccountId(root), search, cursor, limit, cancellationToken);
        return page is null ? Problems.From(refusal!) : ConditionalJson.Of(context, page, PeopleApiJson.Default.PeoplePage);
    }

    private static async Task<Results<Ok<NamesAnswer>, ProblemHttpResult>> NamesAsync(
        Caller caller, InviterDirectory directory, [FromQuery] string[] account, CancellationToken cancellationToken)
    {
        if (account.Length > MaxNames)
        {
            return Problems.From(new Refusal("too_many_names", $"Ask for at most {MaxNames} names at once.", "account"));
        }

        var names = await directory.NamesOfAsync(account.Select(id => new AccountId(id)), cancellationToken);
        return TypedResults.Ok(new NamesAnswer(names.ToDictionary(known => known.Key.Value, known => known.Value)));
    }

    private static async Task<IResult> FunnelAsync(
        HttpContext context, Caller caller, ReadFunnel funnel, CancellationToken cancellationToken, int weeks = ReadFunnel.DefaultWeeks)
    {
        var (answer, refusal) = await funnel.RunAsync(weeks, cancellationToken);
        return answer is null ? Problems.From(refusal!) : ConditionalJson.Of(context, answer, PeopleApiJson.Default.FunnelAnswer);
    }

    private static Task<Results<Ok<PersonView>, ProblemHttpResult>> FreezeAsync(
        string account, FreezeRequest? body, Caller caller, HttpRequest request, ChangePerson change, ListPeople list, CancellationToken cancellationToken) =>
        ChangeAsync(account, caller, request, list, (person, key) => change.FreezeAsync(person, body ?? new(), caller.Account, key, cancellationToken), cancellationToken);

    private static Task<Results<Ok<PersonView>, ProblemHttpResult>> ThawAsync(
        string account, Caller caller, HttpRequest request, ChangePerson change, ListPeople list, CancellationToken cancellationToken) =>
        ChangeAsync(account, caller, request, list, (person, key) => change.ThawAsync(person, caller.Account, key, cancellationToken), cancellationToken);

    private static Task<Results<Ok<PersonView>, ProblemHttpResult>> FlagAsync(
        string account, Caller caller, HttpRequest request, ChangePerson change, ListPeople list, CancellationToken cancellationToken) =>
        ChangeAsync(account, caller, request, list, (person, key) => change.FlagAsync(person, true, caller.Account, key, cancellationToken), cancellationToken);

    private static Task<Results<Ok<PersonView>, ProblemHttpResult>> UnflagAsync(
        string account, Caller caller, HttpRequest request, ChangePerson change, ListPeople list, CancellationToken cancellationToken) =>
        ChangeAsync(account, caller, request, list, (person, key) => change.FlagAsync(person, false, caller.Account, key, cancellationToken), cancellationToken);

    private static async Task<Results<Ok<RevokedAnswer>, ProblemHttpResult>> RevokeAsync(
        string account, RevokePendingRequest? body, Caller caller, HttpRequest request, RevokePending revoke, CancellationToken cancellationToken)
    {
        var key = RepeatableRequests.ReadKey(request);
        return key?.Refusal is { } refusal
            ? Problems.From(refusal)
            : TypedResults.Ok(await revoke.RunAsync(new AccountId(account), body?.Below == true, caller.Account, key?.Value, cancellationToken));
    }

    private static async Task<Results<Ok<PersonView>, ProblemHttpResult>> ChangeAsync(
        string account,
        Caller caller,
        HttpRequest request,
        ListPeople list,
        Func<AccountId, string?, Task<Refusal?>> change,
        CancellationToken cancellationToken)
    {
        AccountId person = new(account);
        var key = RepeatableRequests.ReadKey(request);
        var refusal = key?.Refusal ?? await change(person, key?.Value);
        return refusal is not null ? Problems.From(refusal) : TypedResults.Ok(await list.FindAsync(person, cancellationToken));
    }
}
