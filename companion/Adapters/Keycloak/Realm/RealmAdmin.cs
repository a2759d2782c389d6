using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Companion.Adapters.Keycloak.Realm;

/// <summary>Who applies the realm's settings. Used for this run only, never stored.</summary>
/// <param name="Realm">Where the admin account or client lives.</param>
/// <param name="Form">The token request's fields.</param>
internal sealed record RealmAdminLogin(string Realm, IReadOnlyDictionary<string, string> Form)
{
    public override string ToString() => $"{nameof(RealmAdminLogin)} in {Realm}";
}

/// <summary>Keycloak's Admin API of one realm, as JSON.</summary>
internal sealed class RealmAdmin(HttpClient http, string baseUrl, string realm, RealmAdminLogin login)
{
    private static readonly TimeSpan TokenUse = TimeSpan.FromSeconds(30);

    private string _token = "";

    private long _fetchedAt;

    /// <param name="path">Below the realm, escaped; empty for the realm itself.</param>
    /// <returns>Null when it is not there.</returns>
    public async Task<JsonNode?> FindAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, path, null, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        Ensure(response, HttpMethod.Get, path);
        return await response.Content.ReadFromJsonAsync<JsonNode>(cancellationToken);
    }

    public async Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) =>
        await FindAsync(path, cancellationToken) ?? throw new RealmException($"There is no {(path.Length == 0 ? $"realm {realm}" : path)}. Create it first.");

    /// <returns>Whether a feature of the server is on; false as well for an admin who may not know.</returns>
    public async Task<bool> IsFeatureOnAsync(string name, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, new Uri($"{baseUrl}/admin/serverinfo"), null, cancellationToken);
        var features = response.IsSuccessStatusCode ? (await response.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))?["features"] : null;
        return (bool?)RealmJson.By(features, "name", name)?["enabled"] == true;
    }

    public Task PostAsync(string path, JsonNode body, CancellationToken cancellationToken) =>
        WriteAsync(HttpMethod.Post, path, body, cancellationToken);

    public Task PutAsync(string path, JsonNode? body, CancellationToken cancellationToken) =>
        WriteAsync(HttpMethod.Put, path, body, cancellationToken);

    public static string Segment(JsonNode? value) => Uri.EscapeDataString((string)value!);

    private async Task WriteAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(method, path, body, cancellationToken);
        Ensure(response, method, path);
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        var separator = path.Length == 0 ? "" : "/";
        return SendAsync(method, new Uri($"{baseUrl}/admin/realms/{Uri.EscapeDataString(realm)}{separator}{path}"), body, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri address, JsonNode? body, CancellationToken cancellationToken)
    {
        await LogInAsync(cancellationToken);
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        request.Content = body is null ? null : JsonContent.Create(body);
        return await TryAsync(() => http.SendAsync(request, cancellationToken));
    }

    private async Task LogInAsync(CancellationToken cancellationToken)
    {
        if (_token.Length > 0 && TimeProvider.System.GetElapsedTime(_fetchedAt) < TokenUse)
        {
            return;
        }

        _fetchedAt = TimeProvider.System.GetTimestamp();
        using var content = new FormUrlEncodedContent(login.Form);
        using var response = await TryAsync(() => http.PostAsync(KeycloakPaths.Token(baseUrl, login.Realm), content, cancellationToken));
        if (!response.IsSuccessStatusCode)
        {
            throw new RealmException($"Keycloak does not take the admin credentials (status {Number(response)}). Check them.");
        }

        _token = (await response.Content.ReadFromJsonAsync(KeycloakJson.Default.TokenAnswer, cancellationToken))!.AccessToken;
    }

    private static async Task<HttpResponseMessage> TryAsync(Func<Task<HttpResponseMessage>> send)
    {
        try
        {
            return await send();
        }
        catch (HttpRequestException exception)
        {
            throw new RealmException("Keycloak can't be reached. Check its address.", exception);
        }
    }

    private static void Ensure(HttpResponseMessage response, HttpMethod method, string path)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new RealmException($"{method} {path} was answered with status {Number(response)}. The admin needs the realm's manage roles.");
        }
    }

    private static string Number(HttpResponseMessage response) => ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
}
