using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>The companion's service account, or somebody who pretends to be it, at the server's interfaces.</summary>
internal sealed class CompanionCaller(KeycloakUnderTest keycloak) : IDisposable
{
    private readonly RealmVisitor _visitor = new(keycloak, CancellationToken.None);

    private string? _token;

    /// <summary>Uses another token in place of the service account's own; empty for none.</summary>
    public string? Token { get; init; }

    /// <summary>At the provider's own resources.</summary>
    public Task<RealmAnswer> PutAsync(string path, string body, CancellationToken cancellationToken, string mediaType = MediaTypeNames.Application.Json) =>
        SendAsync(HttpMethod.Put, $"{keycloak.RealmUrl}/companion/{path}", body, mediaType, cancellationToken);

    public Task<RealmAnswer> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, $"{keycloak.RealmUrl}/companion/{path}", null, MediaTypeNames.Application.Json, cancellationToken);

    /// <summary>At the Admin API of the realm.</summary>
    public Task<RealmAnswer> AdminAsync(string method, string path, string? body, CancellationToken cancellationToken) =>
        SendAsync(new HttpMethod(method), $"{keycloak.BaseUrl}/admin/realms/{path}", body, MediaTypeNames.Application.Json, cancellationToken);

    public void Dispose() => _visitor.Dispose();

    private async Task<RealmAnswer> SendAsync(HttpMethod method, string address, string? body, string mediaType, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var request = new HttpRequestMessage(method, address);
        if (await TokenAsync() is { Length: > 0 } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, mediaType);
        }

        return await _visitor.SendAsync(request);
    }

    private async Task<string> TokenAsync() => Token ?? (_token ??= await FetchAsync());

    private async Task<string> FetchAsync()
    {
        var answer = await _visitor.PostAsync(
            "token", ("grant_type", "client_credentials"), ("client_id", "companion"), ("client_secret", keycloak.ClientSecret));
        return (string)answer.Json["access_token"]!;
    }
}
