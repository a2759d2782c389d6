using Companion.Foundation.Kernel;
using Companion.Foundation.Web;
using Companion.Oversight.Moderation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Companion.Journey.Onboarding;

internal static class OnboardingEndpoints
{
    public static IEndpointRouteBuilder MapOnboarding(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1").RequireAuthorization().WithTags("Onboarding");
        api.MapGet("/welcome", WelcomeAsync).WithName("GetWelcome").WithSummary("How far the caller's own onboarding is")
            .Produces<WelcomeAnswer>().Produces(StatusCodes.Status304NotModified);
        api.MapGet("/problems", ListAsync).WithName("ListProblems").WithSummary("What is stuck, by cause; for moderators");
        api.MapPost("/problems/{id:guid}/retry", RetryAsync).WithName("RetryProblem").WithSummary("Tries one stuck thing of one person again, or all that a cause keeps from being done");
        api.MapPost("/problems/{id:guid}/skip", SkipAsync).WithName("SkipProblem").WithSummary("Lets one room of one person go");
        return app;
    }

    private static async Task<IResult> WelcomeAsync(
        HttpContext context, Caller caller, GetWelcome welcome, CancellationToken cancellationToken) =>
        await welcome.RunAsync(caller.Account, cancellationToken) is { } answer
            ? ConditionalJson.Of(context, answer, OnboardingApiJson.Default.WelcomeAnswer)
            : Problems.From(Problems.NotFound);

    private static async Task<Results<Ok<ProblemsAnswer>, ProblemHttpResult>> ListAsync(
        Caller caller, ListProblems problems, CancellationToken cancellationToken) =>
        caller.IsModerator ? TypedResults.Ok(await problems.RunAsync(cancellationToken)) : Problems.From(Problems.Forbidden);

    private static Task<Results<NoContent, ProblemHttpResult>> RetryAsync(
        Guid id, Caller caller, SolveProblem solve, CancellationToken cancellationToken) =>
        SolveAsync(caller, by => solve.RetryAsync(id, by, cancellationToken));

    private static Task<Results<NoContent, ProblemHttpResult>> SkipAsync(
        Guid id, Caller caller, SolveProblem solve, CancellationToken cancellationToken) =>
        SolveAsync(caller, by => solve.SkipAsync(id, by, cancellationToken));

    private static async Task<Results<NoContent, ProblemHttpResult>> SolveAsync(Caller caller, Func<AccountId, Task<Refusal?>> solve)
    {
        var refusal = caller.IsModerator ? await solve(caller.Account) : Problems.Forbidden;
        return refusal is null ? TypedResults.NoContent() : Problems.From(refusal);
    }
}
