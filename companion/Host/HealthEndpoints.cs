using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Companion.Host;

internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").AllowAnonymous().DisableRateLimiting().WithTags("Health");
        health.MapGet("/live", () => TypedResults.Ok(HealthAnswer.Good)).WithSummary("The process answers.");
        health.MapGet("/ready", ReadyAsync).WithSummary("The process can do its work; 503 with the reasons when it can't.");
    }

    private static async Task<Results<Ok<HealthAnswer>, JsonHttpResult<HealthAnswer>>> ReadyAsync(Readiness readiness)
    {
        var problems = await readiness.FindProblemsAsync();
        return problems.Count == 0
            ? TypedResults.Ok(HealthAnswer.Good)
            : TypedResults.Json(new HealthAnswer("not_ready", problems), statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}

/// <param name="Status">ok or not_ready.</param>
/// <param name="Problems">Codes.</param>
internal sealed record HealthAnswer(string Status, IReadOnlyList<string> Problems)
{
    public static HealthAnswer Good { get; } = new("ok", []);
}

[JsonSerializable(typeof(HealthAnswer))]
internal sealed partial class HealthJson : JsonSerializerContext;
