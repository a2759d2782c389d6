using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Sandbox.Synapse;

/// <summary>Somebody's session at the homeserver: makes rooms and looks at them.</summary>
public sealed class MatrixSession : IDisposable
{
    private readonly HttpClient _client = new();

    public MatrixSession(ISynapse server, MatrixAccount account)
    {
        Account = account;
        _client.BaseAddress = new Uri(server.BaseUrl);
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", account.AccessToken);
    }

    public MatrixAccount Account { get; }

    /// <summary>Creates a private room, or a space, and returns its id.</summary>
    public async Task<string> CreateRoomAsync(string name, bool isSpace, CancellationToken cancellationToken)
    {
        var kind = isSpace ? new Dictionary<string, string> { ["type"] = "m.space" } : [];
        var room = await SendAsync(
            HttpMethod.Post, "/_matrix/client/v3/createRoom", new { name, preset = "private_chat", creation_content = kind }, cancellationToken);
        return room.GetProperty("room_id").GetString()!;
    }

    public async Task AddToSpaceAsync(string space, string room, string server, CancellationToken cancellationToken) =>
        await SendAsync(
            HttpMethod.Put, $"/_matrix/client/v3/rooms/{Escape(space)}/state/m.space.child/{Escape(room)}", new { via = new[] { server } }, cancellationToken);

    /// <summary>Needs an administrator's session: an account that signs in through Keycloak with this account there.</summary>
    public async Task CreateLinkedAccountAsync(string userId, string keycloakAccountId, string displayName, CancellationToken cancellationToken) =>
        await SendAsync(
            HttpMethod.Put,
            $"/_synapse/admin/v2/users/{Escape(userId)}",
            new { displayname = displayName, external_ids = new[] { new { auth_provider = "oidc-keycloak", external_id = keycloakAccountId } } },
            cancellationToken);

    /// <summary>Needs an administrator's session: the account that belongs to a Keycloak account, or null.</summary>
    public async Task<string?> FindByKeycloakAccountAsync(string keycloakAccountId, CancellationToken cancellationToken)
    {
        var found = await TrySendAsync(
            HttpMethod.Get, $"/_synapse/admin/v1/auth_providers/oidc-keycloak/users/{Escape(keycloakAccountId)}", null, cancellationToken);
        return found?.GetProperty("user_id").GetString();
    }

    /// <summary>Needs an administrator's session that may invite in the room.</summary>
    public async Task ForceJoinAsync(string room, string userId, CancellationToken cancellationToken) =>
        await SendAsync(HttpMethod.Post, $"/_synapse/admin/v1/join/{Escape(room)}", new { user_id = userId }, cancellationToken);

    /// <summary>Needs an administrator's session: room id to <c>join</c>, <c>invite</c>, <c>leave</c>, <c>ban</c> or <c>knock</c>.</summary>
    public async Task<IReadOnlyDictionary<string, string>> MembershipsOfAsync(string userId, CancellationToken cancellationToken)
    {
        var body = await SendAsync(HttpMethod.Get, $"/_synapse/admin/v1/users/{Escape(userId)}/memberships", null, cancellationToken);
        return body.GetProperty("memberships").EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString()!);
    }

    /// <summary>Needs an administrator's session: the mxc URI of a local account's avatar; null or empty where it has none.</summary>
    public async Task<string?> AvatarOfAsync(string userId, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Get, $"/_synapse/admin/v2/users/{Escape(userId)}", null, cancellationToken)).GetProperty("avatar_url").GetString();

    /// <summary>The texts of a room's messages, newest first, as the session's owner sees them.</summary>
    public async Task<IReadOnlyList<string>> MessagesAsync(string room, CancellationToken cancellationToken)
    {
        var body = await SendAsync(HttpMethod.Get, $"/_matrix/client/v3/rooms/{Escape(room)}/messages?dir=b&limit=50", null, cancellationToken);
        return
            [
                .. body.GetProperty("chunk").EnumerateArray()
                    .Where(entry => entry.GetProperty("type").GetString() == "m.room.message")
                    .Select(entry => entry.GetProperty("content").GetProperty("body").GetString()!),
            ];
    }

    /// <summary>The bot's own rooms that a person has joined or is invited to and that are not among the given ones.</summary>
    public async Task<IReadOnlyList<string>> SharedBesidesAsync(
        IEnumerable<string> known, string userId, CancellationToken cancellationToken)
    {
        var mine = await SendAsync(HttpMethod.Get, "/_matrix/client/v3/joined_rooms", null, cancellationToken);
        var theirs = await MembershipsOfAsync(userId, cancellationToken);
        return
            [
                .. mine.GetProperty("joined_rooms").EnumerateArray().Select(room => room.GetString()!)
                    .Where(room => !known.Contains(room) && theirs.GetValueOrDefault(room) is "join" or "invite"),
            ];
    }

    public void Dispose() => _client.Dispose();

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken) =>
        await TrySendAsync(method, path, body, cancellationToken) ?? throw new SandboxException($"The homeserver knows nothing at {path}.");

    private async Task<JsonElement?> TrySendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = JsonContent.Create(body);
        }

        using var answer = await _client.SendAsync(request, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        var content = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return answer.IsSuccessStatusCode
            ? content
            : throw new SandboxException($"The homeserver answered {(int)answer.StatusCode} to {method} {path}: {content}");
    }

    private static string Escape(string segment) => Uri.EscapeDataString(segment);
}
