using Companion.Foundation.Web;

namespace Companion.Journey.Registrations;

/// <summary>What the registration flow of the identity provider asks and tells: docs/identity-provider.md.</summary>
internal static class RegistrationEndpoints
{
    public static RouteGroupBuilder MapRegistrations(this IEndpointRouteBuilder routes)
    {
        // Authenticated by the signature of each message, not by a token.
        var group = routes.MapGroup("/idp/v1").AllowAnonymous().DisableRateLimiting().WithMetadata(new SignedBody()).ExcludeFromDescription();
        group.MapPost("/inspect", Inspect);
        group.MapPost("/claim", Claim);
        group.MapPost("/release", Release);
        group.MapPost("/facts", Facts);
        group.MapPost("/waiting", Waiting);
        return group;
    }

    private static Task<IResult> Inspect(
        HttpRequest request, RegistrationWebhooks webhooks, InspectRegistration inspect, CancellationToken cancellationToken) =>
        webhooks.ReceiveAsync(request, RegistrationJson.Messages.InspectMessage, ["inspect"], inspect.AnswerAsync, cancellationToken);

    private static Task<IResult> Claim(
        HttpRequest request, RegistrationWebhooks webhooks, ClaimRegistration claim, CancellationToken cancellationToken) =>
        webhooks.ReceiveAsync(request, RegistrationJson.Messages.ClaimMessage, ["claim"], claim.AnswerAsync, cancellationToken);

    private static Task<IResult> Release(
        HttpRequest request, RegistrationWebhooks webhooks, ReleaseRegistration release, CancellationToken cancellationToken) =>
        webhooks.ReceiveAsync(request, RegistrationJson.Messages.ReleaseMessage, ["release"], release.AnswerAsync, cancellationToken);

    private static Task<IResult> Facts(
        HttpRequest request, RegistrationWebhooks webhooks, HearFact fact, CancellationToken cancellationToken) =>
        webhooks.ReceiveAsync(
            request, RegistrationJson.Messages.FactMessage, ["registered", "approved", "denied"], fact.AnswerAsync, cancellationToken);

    private static Task<IResult> Waiting(
        HttpRequest request, RegistrationWebhooks webhooks, ShowWaiting waiting, CancellationToken cancellationToken) =>
        webhooks.ReceiveAsync(request, RegistrationJson.Messages.WaitingMessage, ["waiting"], waiting.AnswerAsync, cancellationToken);
}
