using System.Net;
using System.Text.Json;
using Companion.Directory;
using Companion.IntegrationTests.Invites;
using Companion.IntegrationTests.Registrations;
using Companion.Invites;

namespace Companion.IntegrationTests.Approvals;

/// <summary>Newcomers whom rules hold back until people have looked at them.</summary>
public sealed class NewcomerApprovalTests(RegistrationWorld world) : IClassFixture<RegistrationWorld>, IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IdentityProviderDouble Accounts => world.Host.IdentityProvider;

    public ValueTask InitializeAsync()
    {
        foreach (var moderator in (string[])["moritz", "mona"])
        {
            Accounts.Put(Accounts.AddMember(moderator) with { Memberships = new HashSet<Membership> { new(null, "/moderators") } });
        }

        var rita = Accounts.AddMember("rita") with { Roles = new HashSet<string> { RegistrationWorld.Beginner } };
        Accounts.Put(rita);
        Accounts.Employ("rita", "harbour", "User Managers");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Whom_no_rule_minds_waits_for_nobody()
    {
        var invite = await world.IssueAsync();
        var claim = await world.ClaimAsync(world.Handle(invite), RegistrationWorld.NewKey(), "free");
        ((bool)claim.Json["approvalRequired"]!).ShouldBeFalse();
    }

    [Fact]
    public async Task Whom_a_rule_minds_waits_until_a_moderator_approves()
    {
        var invite = await RegisteredAsync("nora");
        var waiting = await CaseAsync(invite);
        (waiting.GetProperty("subject").GetString(), waiting.GetProperty("newcomer").GetProperty("account").GetString()).ShouldBe(("newcomer", "nora"));
        waiting.GetProperty("answers").GetProperty("interests")[0].GetString().ShouldBe("boats");

        (await ActAsync("moritz", waiting, "approve")).ShouldBe("granted");
        await world.Host.RunOutboxAsync(Ct);
        Accounts.Decisions.ShouldContain((new AccountId("nora"), true, null));
        (await StatusAsync(invite)).ShouldBe("redeemed");
        (await TimelineAsync(invite)).ShouldContain("approval_granted by moritz");
        (await TimelineAsync(invite)).ShouldContain("onboarding_approved");
    }

    [Fact]
    public async Task Whom_a_moderator_denies_reads_why()
    {
        var invite = await RegisteredAsync("nils");
        (await ActAsync("mona", await CaseAsync(invite), "deny", "You wrote that you are a bot.")).ShouldBe("refused");
        await world.Host.RunOutboxAsync(Ct);
        Accounts.Decisions.ShouldContain((new AccountId("nils"), false, "You wrote that you are a bot."));
        (await StatusAsync(invite)).ShouldBe("denied");
    }

    [Fact]
    public async Task A_decision_in_the_admin_console_takes_the_case_from_the_queue_and_names_the_admin()
    {
        var invite = await RegisteredAsync("nele");
        Accounts.Put(Accounts.People[new AccountId("nele")] with { Approval = "approved" });
        await world.TellAsync("approved", invite, "nele", by: "root");
        await world.Host.RunOutboxAsync(Ct);
        (await CaseAsync(invite, decided: true)).GetProperty("status").GetString().ShouldBe("granted");
        (await TimelineAsync(invite)).ShouldContain("approval_granted by root");
        Accounts.Decisions.ShouldNotContain(decision => decision.Account == new AccountId("nele"));
    }

    [Fact]
    public async Task A_decision_whose_fact_was_lost_is_found_by_looking()
    {
        var invite = await RegisteredAsync("nick");
        Accounts.Put(Accounts.People[new AccountId("nick")] with { Approval = "denied" });
        world.Host.Clock.Advance(TimeSpan.FromMinutes(20));
        await world.Host.RunOutboxAsync(Ct);
        (await CaseAsync(invite, decided: true)).GetProperty("status").GetString().ShouldBe("refused");
    }

    [Fact]
    public async Task An_account_that_was_deleted_leaves_the_queue()
    {
        var invite = await RegisteredAsync("nuri");
        Accounts.Remove("nuri");
        world.Host.Clock.Advance(TimeSpan.FromMinutes(20));
        await world.Host.RunOutboxAsync(Ct);
        (await CaseAsync(invite, decided: true)).GetProperty("status").GetString().ShouldBe("closed");
    }

    [Fact]
    public async Task The_newcomer_does_not_decide_on_the_own_account()
    {
        var invite = await RegisteredAsync("nina");
        Accounts.Put(Accounts.People[new AccountId("nina")] with { Memberships = new HashSet<Membership> { new(null, "/moderators") } });
        using var answer = await PostAsync("nina", await CaseAsync(invite), "approve", null);
        (answer.StatusCode, await answer.CodeAsync(Ct)).ShouldBe((HttpStatusCode.Conflict, "approval_own_invitee"));
    }

    /// <summary>Somebody registers by an invite of Rita's, and waits.</summary>
    private async Task<InviteId> RegisteredAsync(string account)
    {
        var invite = await world.IssueAsync("rita");
        var claim = await world.ClaimAsync(
            world.Handle(invite), RegistrationWorld.NewKey(), account, new Dictionary<string, string[]> { ["interests"] = ["boats"] });
        claim.ShouldAccept();
        ((bool)claim.Json["approvalRequired"]!).ShouldBeTrue();
        Accounts.Put(Accounts.AddMember(account, inviteId: invite) with { Approval = "pending" });
        await world.TellAsync("registered", invite, account);
        await world.Host.RunOutboxAsync(Ct);
        return invite;
    }

    private async Task<JsonElement> CaseAsync(InviteId invite, bool decided = false)
    {
        var page = await world.Host.ClientOf("moritz", moderator: true).ReadAsync($"/api/v1/approvals?decided={decided}");
        return page.GetProperty("approvals").EnumerateArray().Single(view => view.GetProperty("inviteId").GetGuid() == invite.Value);
    }

    private async Task<string?> StatusAsync(InviteId invite) =>
        (await world.Host.ClientOf("moritz", moderator: true).ReadAsync($"/api/v1/invites/{invite}")).GetProperty("status").GetString();

    private async Task<IReadOnlyList<string>> TimelineAsync(InviteId invite) =>
    [
        .. (await world.Host.ClientOf("moritz", moderator: true).ReadAsync($"/api/v1/timeline?invite={invite}&limit=100")).GetProperty("entries").EnumerateArray()
            .Select(entry => entry.GetProperty("type").GetString() + (entry.GetProperty("actor").GetString() is { } actor ? $" by {actor}" : "")),
    ];

    private async Task<string?> ActAsync(string moderator, JsonElement approval, string act, string? note = null)
    {
        using var answer = await PostAsync(moderator, approval, act, note);
        var body = await answer.Content.ReadAsStringAsync(Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return JsonElement.Parse(body).GetProperty("status").GetString();
    }

    private Task<HttpResponseMessage> PostAsync(string who, JsonElement approval, string act, string? note) =>
        world.Host.ClientOf(who, moderator: true).PostTextAsync(
            $"/api/v1/approvals/{approval.GetProperty("id").GetGuid()}/{act}", JsonSerializer.Serialize(new { note }));
}
