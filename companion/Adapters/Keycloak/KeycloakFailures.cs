using System.Net;

namespace Companion.Adapters.Keycloak;

/// <summary>What an answer that is no success means. Nothing the server wrote but a short code goes on.</summary>
internal static class KeycloakFailures
{
    private const int LongestCode = 64;

    public static IdentityProviderException Unreachable(Exception cause) => new("unreachable", isTransient: true, innerException: cause);

    public static IdentityProviderException Malformed(Exception? cause = null) => new("answer_malformed", isTransient: true, innerException: cause);

    /// <summary>Also when our credentials are refused: an operator can put that right, and nothing is lost meanwhile.</summary>
    public static IdentityProviderException Token(HttpResponseMessage response) =>
        new($"token_http_{Number(response.StatusCode)}", isTransient: true, RetryAfter(response));

    public static async Task<IdentityProviderException> OfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var code = await CodeAsync(response, cancellationToken);
        var final = code is not null and not ("forbidden" or "unauthenticated")
            && response.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError;
        return new IdentityProviderException(
            code ?? $"http_{Number(response.StatusCode)}",
            isTransient: !final && response.StatusCode is not (HttpStatusCode.BadRequest or HttpStatusCode.NotFound),
            RetryAfter(response));
    }

    /// <summary>The code of the provider's own resources; Keycloak's own errors have none.</summary>
    private static async Task<string?> CodeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var problem = await response.Content.ReadFromJsonAsync(KeycloakJson.Default.KeycloakProblem, cancellationToken);
            return problem?.Code is { Length: > 0 and <= LongestCode } code && code.All(c => char.IsAsciiLetterLower(c) || c == '_') ? code : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter?.Delta;

    private static string Number(HttpStatusCode status) => ((int)status).ToString(CultureInfo.InvariantCulture);
}
