using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Companion.Foundation.Kernel;

namespace Companion.IntegrationTests.Adapters.Matrix;

/// <summary>Arranges and looks at a homeserver over HTTP, so that the same test means the same on the stand-in and on Synapse.</summary>
public sealed class ChatScene(IHomeserver homeserver) : IDisposable
{
    private const string Client = "_matrix/client/v3";

    private const string Admin = "_synapse/admin";

    private readonly HttpClient _http = new() { BaseAddress = new Uri(homeserver.BaseUrl + "/") };

    public ChatLogin Bot { get; private set; } = null!;

    /// <summary>Owner of the rooms, and the inviter of most tests.</summary>
    public ChatLogin Owner { get; private set; } = null!;

    private ChatLogin Root { get; set; } = null!;

    public string AdminToken => Root.AccessToken;

    public static string Unique(string prefix) => $"{prefix}{Guid.NewGuid():N}"[..20];

    public async Task<ChatScene> PrepareAsync()
    {
        Root = await homeserver.RegisterAsync(Unique("root"), admin: true);
        Bot = await homeserver.RegisterAsync(Unique("bot"), admin: true);
        Owner = await homeserver.RegisterAsync(Unique("owner"), admin: false);
        await AdminAsync(HttpMethod.Post, $"v1/users/{Escape(Bot.UserId)}/override_ratelimit", new { messages_per_second = 0, burst_count = 0 });
        return this;
    }

    /// <summary>A private room of the owner's in which only the raised may invite, with the bot in it.</summary>
    /// <param name="botLevel">Null to leave the bot outside.</param>
    public async Task<RoomId> RoomAsync(int? botLevel = 50, string? version = null, string preset = "private_chat")
    {
        var users = new Dictionary<string, int>();
        if (botLevel is { } level)
        {
            users[Bot.UserId] = level;
        }

        if (version is not (null or "12"))
        {
            users[Owner.UserId] = 100;
        }

        var body = new JsonObject
        {
            ["preset"] = preset,
            ["invite"] = botLevel is null ? [] : new JsonArray(Bot.UserId),
            ["power_level_content_override"] = new JsonObject { ["invite"] = 50, ["users"] = JsonSerializer.SerializeToNode(users) },
        };
        if (version is not null)
        {
            body["room_version"] = version;
        }

        var room = new RoomId((await CallAsync(Owner, HttpMethod.Post, "createRoom", body)).GetProperty("room_id").GetString()!);
        if (botLevel is not null)
        {
            await CallAsync(Bot, HttpMethod.Post, $"rooms/{Escape(room.Value)}/join", new { });
        }

        return room;
    }

    public Task InviteAsync(ChatLogin by, RoomId room, string person) =>
        CallAsync(by, HttpMethod.Post, $"rooms/{Escape(room.Value)}/invite", new { user_id = person });

    public Task JoinAsync(ChatLogin who, RoomId room) => CallAsync(who, HttpMethod.Post, $"rooms/{Escape(room.Value)}/join", new { });

    public Task LeaveAsync(ChatLogin who, RoomId room) => CallAsync(who, HttpMethod.Post, $"rooms/{Escape(room.Value)}/leave", new { });

    public Task KickAsync(RoomId room, string person) =>
        CallAsync(Owner, HttpMethod.Post, $"rooms/{Escape(room.Value)}/kick", new { user_id = person });

    public Task BanAsync(RoomId room, string person) =>
        CallAsync(Owner, HttpMethod.Post, $"rooms/{Escape(room.Value)}/ban", new { user_id = person });

    public async Task<RoomId> UpgradeAsync(RoomId room) =>
        new((await CallAsync(Owner, HttpMethod.Post, $"rooms/{Escape(room.Value)}/upgrade", new { new_version = "12" }))
            .GetProperty("replacement_room").GetString()!);

    public Task SetStateAsync(ChatLogin by, RoomId room, string type, object content) =>
        CallAsync(by, HttpMethod.Put, $"rooms/{Escape(room.Value)}/state/{type}/", content);

    /// <summary>Links a chat account to an account of the identity provider, as sign-in does.</summary>
    public Task LinkAsync(string chatAccount, string account) => AdminAsync(
        HttpMethod.Put,
        $"v2/users/{Escape(chatAccount)}",
        new { external_ids = new[] { new { auth_provider = "oidc-keycloak", external_id = account } } });

    public Task<JsonElement> AdminAsync(HttpMethod method, string path, object? body = null) => SendAsync(Root, method, $"{Admin}/{path}", body);

    /// <returns>Null when there is none.</returns>
    public async Task<string?> AccountOfAsync(string account)
    {
        using var response = await AskAsync(Root, HttpMethod.Get, $"{Admin}/v1/auth_providers/oidc-keycloak/users/{Escape(account)}", null);
        return response.IsSuccessStatusCode ? (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("user_id").GetString() : null;
    }

    /// <returns>join, invite, leave, ban or knock; null when the person never had to do with the room.</returns>
    public async Task<string?> MembershipAsync(RoomId room, string person)
    {
        var all = await AdminAsync(HttpMethod.Get, $"v1/users/{Escape(person)}/memberships");
        return all.GetProperty("memberships").TryGetProperty(room.Value, out var membership) ? membership.GetString() : null;
    }

    public async Task<IReadOnlyDictionary<string, string>> MembershipsAsync(string person) =>
        (await AdminAsync(HttpMethod.Get, $"v1/users/{Escape(person)}/memberships")).GetProperty("memberships")
        .EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString()!);

    public async Task<IReadOnlyList<string>> MessagesAsync(RoomId room) =>
    [
        .. (await CallAsync(Bot, HttpMethod.Get, $"rooms/{Escape(room.Value)}/messages?dir=b&limit=100", null)).GetProperty("chunk").EnumerateArray()
            .Where(e => e.GetProperty("type").GetString() == "m.room.message")
            .Select(e => e.GetProperty("content").GetProperty("body").GetString()!),
    ];

    /// <returns>How the server answers whoever holds this session.</returns>
    public async Task<HttpStatusCode> SessionAsync(ChatLogin who)
    {
        using var response = await AskAsync(who, HttpMethod.Get, $"{Client}/account/whoami", null);
        return response.StatusCode;
    }

    public Task<JsonElement> CallAsync(ChatLogin who, HttpMethod method, string path, object? body) =>
        SendAsync(who, method, $"{Client}/{path}", body);

    public static string Escape(string value) => Uri.EscapeDataString(value);

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> SendAsync(ChatLogin who, HttpMethod method, string path, object? body)
    {
        using var response = await AskAsync(who, method, path, body);
        var answer = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue($"{method} {path}: {(int)response.StatusCode} {answer}");
        return JsonElement.Parse(answer);
    }

    private Task<HttpResponseMessage> AskAsync(ChatLogin who, HttpMethod method, string path, object? body)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", who.AccessToken);
        return _http.SendAsync(request);
    }
}
