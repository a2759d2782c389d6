using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Keycloak;

/// <summary>The realm's administrator: seeds what a community has before the first invitation, and looks at accounts afterwards.</summary>
/// <param name="who">Somebody of the realm with rights there; null for the server's own administrator.</param>
public sealed class KeycloakAdmin(IKeycloak server, KeycloakLogin? who = null) : IDisposable
{
    private const string Master = "master";

    private readonly KeycloakLogin _who = who ?? new(Master, IKeycloak.AdminName, server.AdminPassword);

    private readonly HttpClient _client = new();

    public async Task<string> CreateUserAsync(object user, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Post, Own("users"), user, cancellationToken);
        return answer.Headers.Location!.Segments[^1];
    }

    /// <summary>Takes over somebody from elsewhere: only such an account may be older than its creation here.</summary>
    public async Task<string> ImportUserAsync(object user, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Post, Own("partialImport"), new { ifResourceExists = "FAIL", users = new[] { user } }, cancellationToken);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("results")[0].GetProperty("id").GetString()!;
    }

    public async Task CreateClientAsync(object settings, CancellationToken cancellationToken)
    {
        using var _ = await SendAsync(HttpMethod.Post, Own("clients"), settings, cancellationToken);
    }

    /// <summary>Creates an organization and returns its id.</summary>
    public async Task<string> CreateOrganizationAsync(string name, string alias, CancellationToken cancellationToken)
    {
        var domains = new[] { new { name = $"{alias}.example" } };
        using var answer = await SendAsync(HttpMethod.Post, Own("organizations"), new { name, alias, domains }, cancellationToken);
        return answer.Headers.Location!.Segments[^1];
    }

    public async Task<string> OrganizationIdAsync(string alias, CancellationToken cancellationToken) =>
        (await ListAsync($"organizations?q={Uri.EscapeDataString($"alias:{alias}")}", cancellationToken)).Single().GetProperty("id").GetString()!;

    /// <summary>Sets an organization's attributes; those that are not named are gone.</summary>
    public Task SetOrganizationAttributesAsync(
        string organizationId, IReadOnlyDictionary<string, IReadOnlyList<string>> attributes, CancellationToken cancellationToken) =>
        ChangeAsync($"organizations/{organizationId}", organization => organization["attributes"] = JsonSerializer.SerializeToNode(attributes), cancellationToken);

    /// <summary>Creates a group at the top of an organization and returns its id.</summary>
    public async Task<string> CreateOrganizationGroupAsync(string organizationId, string name, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Post, Own($"organizations/{organizationId}/groups"), new { name }, cancellationToken);
        return answer.Headers.Location!.Segments[^1];
    }

    /// <summary>Puts a member of the organization into one of its groups.</summary>
    public async Task AddToOrganizationGroupAsync(string organizationId, string groupId, string accountId, CancellationToken cancellationToken)
    {
        using var _ = await SendAsync(HttpMethod.Put, Own($"organizations/{organizationId}/groups/{groupId}/members/{accountId}"), null, cancellationToken);
    }

    public async Task GiveRealmRoleAsync(string accountId, string role, CancellationToken cancellationToken)
    {
        var found = await GetAsync($"roles/{Uri.EscapeDataString(role)}", cancellationToken);
        using var _ = await SendAsync(HttpMethod.Post, Own($"users/{accountId}/role-mappings/realm"), new[] { found }, cancellationToken);
    }

    public async Task GiveClientRoleAsync(string accountId, string clientId, string role, CancellationToken cancellationToken)
    {
        var client = (await ListAsync($"clients?clientId={Uri.EscapeDataString(clientId)}", cancellationToken)).Single().GetProperty("id").GetString();
        var found = await GetAsync($"clients/{client}/roles/{Uri.EscapeDataString(role)}", cancellationToken);
        using var _ = await SendAsync(HttpMethod.Post, Own($"users/{accountId}/role-mappings/clients/{client}"), new[] { found }, cancellationToken);
    }

    /// <summary>As an admin does in the console.</summary>
    public async Task AddToGroupAsync(string accountId, string groupPath, CancellationToken cancellationToken)
    {
        var group = (await GetAsync($"group-by-path{groupPath}", cancellationToken)).GetProperty("id").GetString();
        using var _ = await SendAsync(HttpMethod.Put, Own($"users/{accountId}/groups/{group}"), null, cancellationToken);
    }

    public Task DeleteUserAsync(string accountId, CancellationToken cancellationToken) => DeleteAsync($"users/{accountId}", null, cancellationToken);

    public async Task AddToOrganizationAsync(string organizationId, string accountId, CancellationToken cancellationToken)
    {
        using var _ = await SendAsync(HttpMethod.Post, Own($"organizations/{organizationId}/members"), accountId, cancellationToken);
    }

    /// <summary>Accounts with exactly this address; more than one would be a fault.</summary>
    public async Task<IReadOnlyList<JsonElement>> FindByEmailAsync(string email, CancellationToken cancellationToken) =>
        await ListAsync($"users?exact=true&email={Uri.EscapeDataString(email)}", cancellationToken);

    /// <summary>Accounts that carry the mark of this invite.</summary>
    public async Task<IReadOnlyList<JsonElement>> FindByInviteAsync(string inviteId, CancellationToken cancellationToken) =>
        await ListAsync($"users?q=invite_id:{Uri.EscapeDataString(inviteId)}", cancellationToken);

    /// <summary>All accounts, with their attributes.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListUsersAsync(CancellationToken cancellationToken) =>
        await ListAsync($"users?max={int.MaxValue}", cancellationToken);

    public async Task<int> CountUsersAsync(CancellationToken cancellationToken) =>
        (await GetAsync("users/count", cancellationToken)).GetInt32();

    /// <summary>Paths of the groups an account is in.</summary>
    public async Task<IReadOnlyList<string>> GroupsOfAsync(string accountId, CancellationToken cancellationToken) =>
        [.. (await ListAsync($"users/{accountId}/groups", cancellationToken)).Select(group => group.GetProperty("path").GetString()!)];

    /// <summary>Aliases of the organizations an account is in.</summary>
    public async Task<IReadOnlyList<string>> OrganizationsOfAsync(string accountId, CancellationToken cancellationToken) =>
        [.. (await ListAsync($"organizations/members/{accountId}/organizations", cancellationToken)).Select(found => found.GetProperty("alias").GetString()!)];

    /// <summary>Names of the groups of an organization that an account is in.</summary>
    public async Task<IReadOnlyList<string>> OrganizationGroupsOfAsync(string organizationId, string accountId, CancellationToken cancellationToken) =>
        [.. (await ListAsync($"organizations/{organizationId}/members/{accountId}/groups", cancellationToken)).Select(group => group.GetProperty("name").GetString()!)];

    /// <summary>Reads a part of the realm, or with an empty path the realm itself, changes it and writes it back.</summary>
    public Task ChangeAsync(string path, Action<JsonObject> change, CancellationToken cancellationToken) =>
        ChangeAtAsync(Own(path), change, cancellationToken);

    /// <summary>Changes the realm of the server's own administrators.</summary>
    public Task ChangeMasterAsync(Action<JsonObject> change, CancellationToken cancellationToken) =>
        ChangeAtAsync(Master, change, cancellationToken);

    public async Task PostAsync(string path, object body, CancellationToken cancellationToken)
    {
        using var _ = await SendAsync(HttpMethod.Post, Own(path), body, cancellationToken);
    }

    /// <summary>For the few resources that read no JSON.</summary>
    public async Task PostFormAsync(string path, IEnumerable<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var _ = await SendAsync(HttpMethod.Post, Own(path), form, cancellationToken);
    }

    public async Task DeleteAsync(string path, object? body, CancellationToken cancellationToken)
    {
        using var _ = await SendAsync(HttpMethod.Delete, Own(path), body, cancellationToken);
    }

    /// <summary>Reads below <c>/admin/realms/{realm}/</c>.</summary>
    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) => ReadAsync(Own(path), cancellationToken);

    /// <summary>Creates another realm beside the community's.</summary>
    public async Task CreateRealmAsync(object realm, CancellationToken cancellationToken)
    {
        using var _ = await SendAsync(HttpMethod.Post, "", realm, cancellationToken);
    }

    public void Dispose() => _client.Dispose();

    private string Own(string path) => $"{server.Realm}/{path}".TrimEnd('/');

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string path, CancellationToken cancellationToken) =>
        [.. (await GetAsync(path, cancellationToken)).EnumerateArray()];

    private async Task ChangeAtAsync(string path, Action<JsonObject> change, CancellationToken cancellationToken)
    {
        var current = JsonNode.Parse((await ReadAsync(path, cancellationToken)).GetRawText())!.AsObject();
        change(current);
        using var _ = await SendAsync(HttpMethod.Put, path, current, cancellationToken);
    }

    private async Task<JsonElement> ReadAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null, cancellationToken);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri($"{server.BaseUrl}/admin/realms/{path}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(cancellationToken));
        if (body is not null)
        {
            request.Content = body as HttpContent ?? JsonContent.Create(body);
        }

        var answer = await _client.SendAsync(request, cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        var words = await answer.Content.ReadAsStringAsync(cancellationToken);
        answer.Dispose();
        throw new SandboxException($"Keycloak answered {(int)answer.StatusCode} to {method} {path}: {words}");
    }

    // A token lives for a minute only; asking for one costs less than keeping count.
    private async Task<string> TokenAsync(CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["client_id"] = "admin-cli",
            ["username"] = _who.Username,
            ["password"] = _who.Password,
        });
        using var answer = await _client.PostAsync(
            new Uri($"{server.BaseUrl}/realms/{_who.Realm}/protocol/openid-connect/token"), form, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            throw new SandboxException($"{_who.Username} can't sign in at Keycloak ({(int)answer.StatusCode}).");
        }

        return (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("access_token").GetString()!;
    }
}

/// <summary>Whose name and password open the Admin API.</summary>
public sealed record KeycloakLogin(string Realm, string Username, string Password)
{
    public override string ToString() => $"{Username} of {Realm}";
}
