using Companion.Foundation.Web;

namespace Companion.Journey.Onboarding;

internal static class OnboardingEndpoints
{
    public static IEndpointRouteBuilder MapOnboarding(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1").RequireAuthorization().WithTags("Onboarding");
        api.MapGet("/welcome", WelcomeAsync).WithName("GetWelcome").WithSummary("How far the caller's own onboarding is")
            .Produces<WelcomeAnswer>().Produces(StatusCodes.Status304NotModified);
        return app;
    }

    private static async Task<IResult> WelcomeAsync(
        HttpContext context, Caller caller, GetWelcome welcome, CancellationToken cancellationToken) =>
        await welcome.RunAsync(caller.Account, cancellationToken) is { } answer
            ? ConditionalJson.Of(context, answer, OnboardingApiJson.Default.WelcomeAnswer)
            : Problems.From(Problems.NotFound);
}

/// <summary>Shapes of the onboarding API on the wire.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WelcomeAnswer))]
internal sealed partial class OnboardingApiJson : JsonSerializerContext;
