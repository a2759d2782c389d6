using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Companion.Community.Contacts;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.IntegrationTests.Community.Messages;
using Companion.IntegrationTests.Journey.Invites;
using Companion.Journey.Invites;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Companion.IntegrationTests.Journey.Registrations;

/// <summary>A companion, and an identity provider that sends it signed messages.</summary>
public sealed class RegistrationScene(PostgresFixture postgres) : IAsyncLifetime
{
    public const string Inviter = "alice";

    public const string Address = "Anna@example.org";

    /// <summary>Whom inviters with this role bring, people have to approve.</summary>
    public const string Beginner = "beginner";

    private readonly byte[] _previousKey = RandomNumberGenerator.GetBytes(24);

    public CompanionHost Host { get; private set; } = null!;

    internal byte[] Key { get; } = RandomNumberGenerator.GetBytes(32);

    internal byte[] PreviousKey => _previousKey;

    /// <summary>The default lease, with first looks as in production.</summary>
    public static TimeSpan Lease => TimeSpan.FromMinutes(5);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Host = await CompanionHost.StartAsync(postgres, settings =>
        {
            settings.Configuration["Webhooks:Secret"] = Secret(Key);
            settings.Configuration["Webhooks:PreviousSecret"] = Secret(_previousKey);
            settings.Configuration["Registrations:Questions:0:Name"] = "interests";
            settings.Configuration["Registrations:Questions:0:Rooms:0:Answer"] = "boats";
            settings.Configuration["Registrations:Questions:0:Rooms:0:RoomId"] = "!boats:example.org";
            settings.Configuration["Invites:AllowLinks"] = "true";
            settings.Configuration["Approvals:Rules:0:Name"] = "beginners";
            settings.Configuration["Approvals:Rules:0:Subject"] = "Newcomer";
            settings.Configuration["Approvals:Rules:0:Approvers"] = "/moderators";
            settings.Configuration["Approvals:Rules:0:When:InviterRoles:0"] = Beginner;
        });
        Host.IdentityProvider.AddMember(Inviter);
        Host.IdentityProvider.AddOrganization("harbour");
        Host.IdentityProvider.Employ(Inviter, "harbour", "User Managers");
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    public static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    internal async Task<InviteId> IssueAsync(string inviter = Inviter, TimeSpan? lifetime = null)
    {
        var now = Host.Clock.GetUtcNow();
        var (id, contact) = (new InviteId(Guid.CreateVersion7(now)), new ContactId(Guid.CreateVersion7(now)));
        await RunAsync((unit, _) =>
        {
            ContactTable.Add(
                unit, new Contact(contact, EmailAddress.FromStored(Address), null), RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
            unit.Append(
                InviteStream.Type,
                new Loaded<Invite>(id.Value, Invite.Initial, 0),
                [
                    new InviteIssued(
                        id, new AccountId(inviter), contact, [new Membership("harbour", "Users")], [], "de",
                        now + (lifetime ?? TimeSpan.FromDays(14)), now),
                    new InviteSent(id, 1, now),
                ]);
            return Task.FromResult(true);
        });
        return id;
    }

    internal Task HappenAsync(InviteId invite, Func<DateTimeOffset, InviteEvent> @event) => RunAsync(async (unit, ct) =>
    {
        var stream = await unit.LoadAsync(InviteStream.Type, invite.Value, ct);
        unit.Append(InviteStream.Type, stream, [@event(unit.Now)]);
        return true;
    });

    /// <summary>What the landing page's button gives for the invite's token.</summary>
    internal string Handle(InviteId invite, int generation = 1) =>
        Host.Services.GetRequiredService<InviteHandles>().Issue(new InviteReference(invite, generation), Host.Clock.GetUtcNow());

    internal Task<Invite> ReadAsync(InviteId invite) =>
        Host.Services.GetRequiredService<NpgsqlDataSource>().ReadAsync(InviteStream.Type, invite.Value, Ct);

    internal Task<List<string>> EventsAsync(InviteId invite) => Host.Services.GetRequiredService<NpgsqlDataSource>().QueryAsync(
        "select type from events.mt_events where stream_id = @id order by version",
        reader => reader.GetString(0),
        [Param.Uuid("id", invite.Value)],
        Ct);

    /// <summary>All events, and all answers that are kept for repetitions.</summary>
    internal Task<List<string>> StoredAsync() => Host.Services.GetRequiredService<NpgsqlDataSource>().QueryAsync(
        "select data::text from events.mt_events union all select response::text from companion.idempotency",
        reader => reader.GetString(0),
        [],
        Ct);

    /// <summary>Does what other features do to an invite.</summary>
    internal Task DecideAsync(InviteId invite, InviteCommand command) => Host.DecideAsync(invite.Value, command);

    internal Task<Reply> InspectAsync(string handle) => SendAsync("inspect", new { type = "inspect", realm = "community", handle });

    internal Task<Reply> ClaimAsync(string handle, string claimKey, string accountId, string? address = null, string? id = null) => SendAsync(
        "claim",
        new { type = "claim", realm = "community", handle, claimKey, accountId, address = address ?? "anna@example.org", displayName = "Anna" },
        id);

    /// <summary>A claim whose form held the community's questions.</summary>
    internal Task<Reply> ClaimAsync(string handle, string claimKey, string accountId, Dictionary<string, string[]> answers) => SendAsync(
        "claim",
        new { type = "claim", realm = "community", handle, claimKey, accountId, address = "anna@example.org", displayName = "Anna", answers });

    internal Task<Reply> ReleaseAsync(string handle, string claimKey, string accountId) =>
        SendAsync("release", new { type = "release", realm = "community", handle, claimKey, accountId });

    internal Task<Reply> TellAsync(string type, InviteId invite, string accountId, string? by = null) =>
        SendAsync("facts", new { type, realm = "community", inviteId = invite.ToString(), accountId, by });

    /// <param name="text">Null where the newcomer only looks.</param>
    internal Task<Reply> WaitAsync(InviteId invite, string accountId, string? text = null, string? id = null) =>
        SendAsync("waiting", new { type = "waiting", realm = "community", inviteId = invite.ToString(), accountId, text }, id);

    internal Task<Reply> SendAsync(string endpoint, object message, string? id = null) =>
        SendAsync(endpoint, JsonSerializer.SerializeToUtf8Bytes(message), id);

    internal async Task<Reply> SendAsync(
        string endpoint, byte[] body, string? id = null, TimeSpan skew = default, byte[]? key = null, Action<HttpRequestMessage>? alter = null)
    {
        using var request = Sign(endpoint, body, id ?? $"msg_{Guid.NewGuid()}", Host.Clock.GetUtcNow() + skew, key ?? Key);
        alter?.Invoke(request);
        using var response = await Host.Anonymous.SendAsync(request, Ct);
        return new Reply(response.StatusCode, await response.Content.ReadAsStringAsync(Ct));
    }

    /// <summary>Sends a signed message as it stands, with one header's line twice; HttpClient would join the two.</summary>
    internal async Task<string> SendLinesAsync(string endpoint, byte[] body, string? repeated)
    {
        using var request = Sign(endpoint, body, $"msg_{Guid.NewGuid()}", Host.Clock.GetUtcNow(), Key);
        var lines = request.Headers.Concat(request.Content!.Headers).Select(header => (header.Key, Line: $"{header.Key}: {header.Value.Single()}\r\n"));
        var head = string.Concat(lines.SelectMany(line => Enumerable.Repeat(line.Line, line.Key == repeated ? 2 : 1)));
        var start = $"POST /idp/v1/{endpoint} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {body.Length}\r\n";
        return await Host.SendRawAsync((byte[])[.. Encoding.ASCII.GetBytes($"{start}{head}\r\n"), .. body], Ct);
    }

    private static HttpRequestMessage Sign(string endpoint, byte[] body, string id, DateTimeOffset at, byte[] key)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(key, (byte[])[.. Encoding.ASCII.GetBytes($"{id}.{timestamp}."), .. body]);
        var request = new HttpRequestMessage(HttpMethod.Post, $"/idp/v1/{endpoint}") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", $"v1,{Convert.ToBase64String(signature)}");
        return request;
    }

    private static string Secret(byte[] key) => $"whsec_{Convert.ToBase64String(key)}";

    private Task<bool> RunAsync(Func<UnitOfWork, CancellationToken, Task<bool>> work) =>
        Host.Services.GetRequiredService<Transactions>().RunAsync(Guid.NewGuid(), work, Ct);
}

internal sealed record Reply(HttpStatusCode Status, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public string? Decision => (string?)Json["decision"];

    public string? Code => (string?)Json["code"];

    public void ShouldRefuse(string code)
    {
        Status.ShouldBe(HttpStatusCode.OK, Body);
        Decision.ShouldBe("refuse");
        Code.ShouldBe(code);
        ((string?)Json["landingUrl"]).ShouldBe("https://companion.example.org/i");
    }

    public void ShouldAccept()
    {
        Status.ShouldBe(HttpStatusCode.OK, Body);
        Decision.ShouldBe("accept", Body);
    }
}
