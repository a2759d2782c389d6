using System.Net;
using System.Net.Http.Headers;

namespace Companion.Adapters.Keycloak;

/// <summary>Adds the service account's access token.</summary>
internal sealed class KeycloakTokenHandler(KeycloakTokens tokens) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await tokens.CurrentAsync(cancellationToken);
        var response = await SendAsync(request, token, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
        {
            return response;
        }

        // The server may have been restarted with other keys. All our calls can be repeated.
        response.Dispose();
        tokens.Forget(token);
        return await SendAsync(request, await tokens.CurrentAsync(cancellationToken), cancellationToken);
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string token, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return base.SendAsync(request, cancellationToken);
    }
}
