using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Companion.Foundation.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>A message of the provider, as it came.</summary>
/// <param name="IsGenuine">Signed with the secret, in time, as JSON.</param>
/// <param name="Length">Bytes of the body.</param>
internal sealed record HeardMessage(string Path, string Id, bool IsGenuine, int Length, JsonObject Body)
{
    public string Type => (string)Body["type"]!;

    public string Text(string name) => (string)Body[name]!;
}

/// <summary>Stands at the companion's end of the webhooks: checks what comes, writes it down, and answers as each invitation says.</summary>
internal sealed class CompanionPeer : IAsyncDisposable
{
    private readonly ConcurrentQueue<HeardMessage> _heard = new();

    private readonly ConcurrentDictionary<string, InvitedPerson> _invited = new();

    private readonly WebApplication _app;

    private CompanionPeer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapPost("/idp/v1/{endpoint}", HearAsync);
    }

    public string Url => _app.Urls.First();

    public string Secret { get; } = $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";

    public static async Task<CompanionPeer> StartAsync()
    {
        var peer = new CompanionPeer();
        await peer._app.StartAsync();
        return peer;
    }

    public InvitedPerson Invite()
    {
        var person = new InvitedPerson();
        _invited[person.Handle] = person;
        _invited[person.InviteId] = person;
        return person;
    }

    /// <summary>All messages about one invitation, in the order of their arrival, but those that a waiting page sends.</summary>
    public IReadOnlyList<HeardMessage> About(InvitedPerson person) => [.. AllAbout(person).Where(message => message.Type != "waiting")];

    /// <summary>What the waiting page sent.</summary>
    public IReadOnlyList<HeardMessage> AboutWaiting(InvitedPerson person) => [.. AllAbout(person).Where(message => message.Type == "waiting")];

    /// <summary>Waits until the messages about one invitation are these, by their types.</summary>
    public async Task<IReadOnlyList<HeardMessage>> HearsAsync(InvitedPerson person, params string[] types)
    {
        await Eventually.HoldsAsync(() => About(person).Count >= types.Length);
        About(person).Select(message => message.Type).ShouldBe(types);
        return About(person);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IEnumerable<HeardMessage> AllAbout(InvitedPerson person) =>
        _heard.Where(message => (string?)message.Body["handle"] == person.Handle || (string?)message.Body["inviteId"] == person.InviteId);

    private async Task<IResult> HearAsync(HttpRequest request)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer);
        var (id, timestamp) = (request.Headers["webhook-id"].ToString(), request.Headers["webhook-timestamp"].ToString());
        var sentAt = DateTimeOffset.FromUnixTimeSeconds(long.Parse(timestamp, CultureInfo.InvariantCulture));
        var isGenuine = request.ContentType == "application/json"
            && !id.Contains('.', StringComparison.Ordinal)
            && (DateTimeOffset.UtcNow - sentAt).Duration() < WebhookSignature.Tolerance
            && WebhookSignature.Matches([WebhookSignature.Key(Secret)!], id, timestamp, buffer.ToArray(), request.Headers["webhook-signature"].ToString());
        var message = new HeardMessage(request.Path, id, isGenuine, (int)buffer.Length, JsonNode.Parse(buffer.ToArray())!.AsObject());
        _heard.Enqueue(message);
        var invited = _invited.GetValueOrDefault((string?)message.Body["handle"] ?? (string?)message.Body["inviteId"] ?? "");
        return invited is null ? Results.Json(new JsonObject()) : await invited.AnswerAsync(message);
    }
}
