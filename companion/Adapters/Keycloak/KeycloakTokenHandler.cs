using System.Net;
using System.Net.Http.Headers;
using Companion.Foundation.Kernel;
using Microsoft.Extensions.Options;

namespace Companion.Adapters.Keycloak;

/// <summary>Adds the service account's access token, fetched by client credentials and kept until shortly before its end.</summary>
internal sealed class KeycloakTokenHandler(IOptions<KeycloakOptions> options, TimeProvider clock) : DelegatingHandler
{
    /// <summary>A token is not used in its last seconds: the request has to arrive with it.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _gate = new(1, 1);

    private CachedToken? _token;

    /// <summary>The token that calls go out with now.</summary>
    public async Task<string> AccessTokenAsync(CancellationToken cancellationToken) => (await TokenAsync(cancellationToken)).Value;

    /// <returns>Whether the client can be used with this secret.</returns>
    public async Task<bool> AcceptsAsync(string secret, CancellationToken cancellationToken)
    {
        using var response = await AskAsync(secret, cancellationToken);
        return response.IsSuccessStatusCode;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await TokenAsync(cancellationToken);
        var response = await SendAsync(request, token, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
        {
            return response;
        }

        // The server may have been restarted with other keys. All our calls can be repeated.
        response.Dispose();
        Interlocked.CompareExchange(ref _token, null, token);
        return await SendAsync(request, await TokenAsync(cancellationToken), cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gate.Dispose();
        }

        base.Dispose(disposing);
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CachedToken token, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        return base.SendAsync(request, cancellationToken);
    }

    private async Task<CachedToken> TokenAsync(CancellationToken cancellationToken)
    {
        if (Usable() is { } cached)
        {
            return cached;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            return Usable() ?? (_token = await FetchAsync(cancellationToken));
        }
        finally
        {
            _gate.Release();
        }
    }

    private CachedToken? Usable() => _token is { } token && clock.GetUtcNow() < token.UseUntil ? token : null;

    private async Task<CachedToken> FetchAsync(CancellationToken cancellationToken)
    {
        using var response = await AskAsync(options.Value.ClientSecret, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw KeycloakFailures.Token(response);
        }

        var answer = await response.Content.ReadFromJsonAsync(KeycloakJson.Default.TokenAnswer, cancellationToken)
            ?? throw new IdentityProviderException("answer_malformed", isTransient: true);
        return new CachedToken(answer.AccessToken, clock.GetUtcNow() + TimeSpan.FromSeconds(answer.ExpiresIn) - Margin);
    }

    private async Task<HttpResponseMessage> AskAsync(string secret, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, KeycloakPaths.Token(settings.BaseUrl, settings.Realm));
        request.Content = new FormUrlEncodedContent(
        [
            new("grant_type", "client_credentials"),
            new("client_id", settings.ClientId),
            new("client_secret", secret),
        ]);
        return await base.SendAsync(request, cancellationToken);
    }

    private sealed class CachedToken(string value, DateTimeOffset useUntil)
    {
        public string Value { get; } = value;

        public DateTimeOffset UseUntil { get; } = useUntil;
    }
}
