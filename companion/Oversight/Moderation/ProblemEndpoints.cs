using Companion.Foundation.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Companion.Oversight.Moderation;

internal static class ProblemEndpoints
{
    public static IEndpointRouteBuilder MapProblems(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/problems").WithTags("Onboarding");
        api.MapGet("", ListAsync).WithName("ListProblems").WithSummary("What is stuck, by cause; for moderators");
        api.MapPost("/{id:guid}/retry", RetryAsync).WithName("RetryProblem").WithSummary("Tries one stuck thing of one person again, or all that a cause keeps from being done");
        api.MapPost("/{id:guid}/skip", SkipAsync).WithName("SkipProblem").WithSummary("Lets one room of one person go");
        return app;
    }

    private static async Task<Ok<ProblemsAnswer>> ListAsync(
        ListProblems problems, CancellationToken cancellationToken) =>
        TypedResults.Ok(await problems.RunAsync(cancellationToken));

    private static Task<Results<NoContent, ProblemHttpResult>> RetryAsync(
        Guid id, Caller caller, SolveProblem solve, CancellationToken cancellationToken) =>
        AnswerAsync(solve.RetryAsync(id, caller.Account, cancellationToken));

    private static Task<Results<NoContent, ProblemHttpResult>> SkipAsync(
        Guid id, Caller caller, SolveProblem solve, CancellationToken cancellationToken) =>
        AnswerAsync(solve.SkipAsync(id, caller.Account, cancellationToken));

    private static async Task<Results<NoContent, ProblemHttpResult>> AnswerAsync(Task<Refusal?> solving) =>
        await solving is { } refusal ? Problems.From(refusal) : TypedResults.NoContent();
}
