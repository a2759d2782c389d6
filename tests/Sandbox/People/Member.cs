using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Sandbox.Browsing;
using Sandbox.Worlds;

namespace Sandbox.People;

/// <summary>A member at the companion's API, signed in through Keycloak's login page as the account console does it.</summary>
public sealed class Member : IDisposable
{
    private static readonly TimeSpan TokenUse = TimeSpan.FromMinutes(2);
    private readonly World _world;
    private readonly Person _person;
    private readonly HttpClient _client;
    private string _token = "";
    private long _signedInAt;

    private Member(World world, Person person)
    {
        _world = world;
        _person = person;
        _client = new HttpClient { BaseAddress = new Uri(world.Proxy.Url) };
    }

    public static async Task<Member> SignInAsync(World world, Person person, CancellationToken cancellationToken)
    {
        var member = new Member(world, person);
        await member.SignInAsync(cancellationToken);
        return member;
    }

    /// <summary>Invites one address and returns the invite's id; a refused row fails with its sentence.</summary>
    /// <param name="key">The Idempotency-Key, for who may have to ask again; null for a new one.</param>
    public async Task<string> InviteAsync(Invitation invitation, CancellationToken cancellationToken, string? key = null)
    {
        var row = (await PostInvitesAsync([invitation], cancellationToken, key)).GetProperty("invites")[0];
        return row.GetProperty("outcome").GetString() == "issued"
            ? row.GetProperty("id").GetString()!
            : throw new SandboxException($"The invitation was refused: {row.GetProperty("code")}: {row.GetProperty("message")}");
    }

    public Task<JsonElement> PostInvitesAsync(
        IReadOnlyList<Invitation> invitations, CancellationToken cancellationToken, string? key = null) =>
        SendAsync(HttpMethod.Post, "/api/v1/invites", new { invites = invitations, vouched = true }, cancellationToken, key);

    /// <summary>The invite's state in the API's words, for example <c>sent</c> or <c>redeemed</c>.</summary>
    public async Task<string> StatusOfAsync(string invite, CancellationToken cancellationToken) =>
        (await GetAsync($"/api/v1/invites/{invite}", cancellationToken)).GetProperty("status").GetString()!;

    public Task ResendAsync(string invite, CancellationToken cancellationToken, string? key = null) =>
        SendAsync(HttpMethod.Post, $"/api/v1/invites/{invite}/resend", null, cancellationToken, key);

    public Task RevokeAsync(string invite, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"/api/v1/invites/{invite}/revoke", null, cancellationToken);

    /// <summary>What a moderator does with a case: <c>approve</c>, <c>deny</c>, <c>ask</c>, <c>take</c> or <c>drop</c>.</summary>
    public Task ActAsync(string approval, string act, string? note, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"/api/v1/approvals/{approval}/{act}", new { note }, cancellationToken);

    /// <summary>Types of the timeline's entries about one invite, oldest first.</summary>
    public async Task<IReadOnlyList<TimelineLine>> TimelineOfAsync(string invite, CancellationToken cancellationToken)
    {
        var body = await GetAsync($"/api/v1/timeline?invite={invite}", cancellationToken);
        var entries = body.GetProperty("entries").EnumerateArray().Select(entry => new TimelineLine(
            entry.GetProperty("at").GetDateTimeOffset(), entry.GetProperty("kind").GetString()!, entry.GetProperty("type").GetString()!));
        return [.. entries.Reverse()];
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, cancellationToken);

    public void Dispose() => _client.Dispose();

    // Access tokens live for minutes; a person's console would renew them.
    private async Task SignInAsync(CancellationToken cancellationToken)
    {
        using var browser = new Browser();
        _token = await SignIn.AccessTokenAsync(_world.Keycloak, browser, _person.Username, _person.Password, cancellationToken);
        _signedInAt = TimeProvider.System.GetTimestamp();
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken, string? key = null)
    {
        if (TimeProvider.System.GetElapsedTime(_signedInAt) > TokenUse)
        {
            await SignInAsync(cancellationToken);
        }

        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        if (method != HttpMethod.Get)
        {
            request.Headers.Add("Idempotency-Key", key ?? Secrets.New());
        }

        if (body is not null)
        {
            request.Content = JsonContent.Create(body);
        }

        using var answer = await _client.SendAsync(request, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw new SandboxException($"The companion answered {(int)answer.StatusCode} to {method} {path}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }

        return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }
}

/// <summary>One line of the timeline.</summary>
public sealed record TimelineLine(DateTimeOffset At, string Kind, string Type);

/// <summary>A row of <c>POST /api/v1/invites</c>.</summary>
public sealed record Invitation(
    string Contact,
    IReadOnlyList<InvitedMembership> Memberships,
    IReadOnlyList<string> Rooms,
    string? Message = null,
    string Language = "en");

/// <summary>An organisation's alias, alone or with the name of a role group in it; or the path of a group of the realm.</summary>
public sealed record InvitedMembership(string? Organization, string? Group);
