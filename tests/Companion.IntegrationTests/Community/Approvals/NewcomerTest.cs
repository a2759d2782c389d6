using System.Net;
using System.Text.Json;
using Companion.Foundation.Kernel;
using Companion.IntegrationTests.Journey.Invites;
using Companion.IntegrationTests.Journey.Registrations;

namespace Companion.IntegrationTests.Community.Approvals;

/// <summary>A test about newcomers who wait, since it was Rita who brought them.</summary>
public abstract class NewcomerTest(RegistrationScene world) : IClassFixture<RegistrationScene>, IAsyncLifetime
{
    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected RegistrationScene World { get; } = world;

    internal IdentityProviderDouble Accounts => World.Host.IdentityProvider;

    public ValueTask InitializeAsync()
    {
        foreach (var moderator in (string[])["moritz", "mona"])
        {
            Accounts.Put(Accounts.AddMember(moderator) with { Memberships = new HashSet<Membership> { new(null, "/moderators") } });
        }

        var rita = Accounts.AddMember("rita") with { Roles = new HashSet<string> { RegistrationScene.Beginner } };
        Accounts.Put(rita);
        Accounts.Employ("rita", "harbour", "User Managers");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Somebody registers by an invite of Rita's, and waits.</summary>
    protected async Task<InviteId> RegisteredAsync(string account)
    {
        var invite = await World.IssueAsync("rita");
        var claim = await World.ClaimAsync(
            World.Handle(invite), RegistrationScene.NewKey(), account, new Dictionary<string, string[]> { ["interests"] = ["boats"] });
        claim.ShouldAccept();
        ((bool)claim.Json["approvalRequired"]!).ShouldBeTrue();
        Accounts.Put(Accounts.AddMember(account, inviteId: invite) with { Approval = "pending" });
        await World.TellAsync("registered", invite, account);
        await World.Host.RunOutboxAsync(Ct);
        return invite;
    }

    protected async Task<JsonElement> CaseAsync(InviteId invite, bool decided = false)
    {
        var page = await World.Host.ClientOf("moritz", moderator: true).ReadAsync($"/api/v1/approvals?decided={decided}");
        return page.GetProperty("approvals").EnumerateArray().Single(view => view.GetProperty("inviteId").GetGuid() == invite.Value);
    }

    protected async Task<string?> StatusAsync(InviteId invite) =>
        (await World.Host.ClientOf("moritz", moderator: true).ReadAsync($"/api/v1/invites/{invite}")).GetProperty("status").GetString();

    protected async Task<IReadOnlyList<string>> TimelineAsync(InviteId invite) =>
    [
        .. (await World.Host.ClientOf("moritz", moderator: true).ReadAsync($"/api/v1/timeline?invite={invite}&limit=100")).GetProperty("entries").EnumerateArray()
            .Select(entry => entry.GetProperty("type").GetString() + (entry.GetProperty("actor").GetString() is { } actor ? $" by {actor}" : "")),
    ];

    protected async Task<string?> ActAsync(string moderator, JsonElement approval, string act, string? note = null)
    {
        using var answer = await PostAsync(moderator, approval, act, note);
        var body = await answer.Content.ReadAsStringAsync(Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return JsonElement.Parse(body).GetProperty("status").GetString();
    }

    protected Task<HttpResponseMessage> PostAsync(string who, JsonElement approval, string act, string? note) =>
        World.Host.ClientOf(who, moderator: true).PostTextAsync(
            $"/api/v1/approvals/{approval.GetProperty("id").GetGuid()}/{act}", JsonSerializer.Serialize(new { note }));
}
