using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Companion.Host;

/// <summary>GET /health/live says that the process answers, GET /health/ready whether it can do its work: 503 with the reasons when it can't.</summary>
internal static class HealthEndpoints
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.TryAddSingleton<Readiness>();
        services.AddHealthChecks().AddCheck<Readiness>("ready");
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").AllowAnonymous().DisableRateLimiting().ExcludeFromDescription().WithMetadata(new HttpMethodMetadata(["GET"]));
        health.MapHealthChecks("/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync });
        health.MapHealthChecks("/ready", new HealthCheckOptions { ResponseWriter = WriteAsync });
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var problems = report.Entries.Values.SelectMany(check => check.Data.Values).OfType<IReadOnlyList<string>>().SelectMany(codes => codes);
        return TypedResults.Json(new HealthAnswer(report.Status == HealthStatus.Healthy ? "ok" : "not_ready", [.. problems])).ExecuteAsync(context);
    }
}

/// <param name="Status">ok or not_ready.</param>
/// <param name="Problems">Codes.</param>
internal sealed record HealthAnswer(string Status, IReadOnlyList<string> Problems);

[JsonSerializable(typeof(HealthAnswer))]
internal sealed partial class HealthJson : JsonSerializerContext;
