namespace Companion.Adapters.Keycloak;

/// <summary>The service account's access token, fetched by client credentials and kept until shortly before its end.</summary>
internal sealed class KeycloakTokens(HttpClient http, IOptions<KeycloakOptions> options, TimeProvider clock) : IDisposable
{
    /// <summary>A token is not used in its last seconds: the request has to arrive with it.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _gate = new(1, 1);

    private KeptToken? _token;

    /// <summary>The token that calls go out with now.</summary>
    public async Task<string> CurrentAsync(CancellationToken cancellationToken)
    {
        if (Usable() is { } kept)
        {
            return kept.Value;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            return (Usable() ?? (_token = await FetchAsync(cancellationToken))).Value;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The server does not take this one any more.</summary>
    public void Forget(string refused)
    {
        if (_token is { } kept && kept.Value == refused)
        {
            Interlocked.CompareExchange(ref _token, null, kept);
        }
    }

    /// <returns>Whether the client can be used with this secret.</returns>
    public async Task<bool> AcceptsAsync(string secret, CancellationToken cancellationToken)
    {
        using var response = await AskAsync(secret, cancellationToken);
        return response.IsSuccessStatusCode;
    }

    public void Dispose() => _gate.Dispose();

    private KeptToken? Usable() => _token is { } token && clock.GetUtcNow() < token.UseUntil ? token : null;

    private async Task<KeptToken> FetchAsync(CancellationToken cancellationToken)
    {
        using var response = await AskAsync(options.Value.ClientSecret, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw KeycloakFailures.Token(response);
        }

        var answer = await response.Content.ReadFromJsonAsync(KeycloakJson.Default.TokenAnswer, cancellationToken)
            ?? throw new IdentityProviderException("answer_malformed", isTransient: true);
        return new KeptToken(answer.AccessToken, clock.GetUtcNow() + TimeSpan.FromSeconds(answer.ExpiresIn) - Margin);
    }

    private async Task<HttpResponseMessage> AskAsync(string secret, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "client_credentials"),
            new("client_id", settings.ClientId),
            new("client_secret", secret),
        ]);
        return await http.PostAsync(KeycloakPaths.Token(settings.BaseUrl, settings.Realm), form, cancellationToken);
    }

    private sealed class KeptToken(string value, DateTimeOffset useUntil)
    {
        public string Value { get; } = value;

        public DateTimeOffset UseUntil { get; } = useUntil;
    }
}
