using System.Net;
using Companion.Community.Directory;
using Companion.Foundation.Kernel;
using Companion.IntegrationTests.Journey.Registrations;

namespace Companion.IntegrationTests.Community.Approvals;

/// <summary>Newcomers whom rules hold back until people have looked at them.</summary>
public sealed class NewcomerApprovalTests(RegistrationScene world) : NewcomerTest(world)
{
    [Fact]
    public async Task Whom_no_rule_minds_waits_for_nobody()
    {
        var invite = await World.IssueAsync();
        var claim = await World.ClaimAsync(World.Handle(invite), RegistrationScene.NewKey(), "free");
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
        await World.Host.RunOutboxAsync(Ct);
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
        await World.Host.RunOutboxAsync(Ct);
        Accounts.Decisions.ShouldContain((new AccountId("nils"), false, "You wrote that you are a bot."));
        (await StatusAsync(invite)).ShouldBe("denied");
    }

    [Fact]
    public async Task A_decision_in_the_admin_console_takes_the_case_from_the_queue_and_names_the_admin()
    {
        var invite = await RegisteredAsync("nele");
        Accounts.Put(Accounts.People[new AccountId("nele")] with { Approval = "approved" });
        await World.TellAsync("approved", invite, "nele", by: "root");
        await World.Host.RunOutboxAsync(Ct);
        (await CaseAsync(invite, decided: true)).GetProperty("status").GetString().ShouldBe("granted");
        (await TimelineAsync(invite)).ShouldContain("approval_granted by root");
        Accounts.Decisions.ShouldNotContain(decision => decision.Account == new AccountId("nele"));
    }

    [Fact]
    public async Task A_decision_whose_fact_was_lost_is_found_by_looking()
    {
        var invite = await RegisteredAsync("nick");
        Accounts.Put(Accounts.People[new AccountId("nick")] with { Approval = "denied" });
        await LookAsync();
        (await CaseAsync(invite, decided: true)).GetProperty("status").GetString().ShouldBe("refused");
    }

    [Fact]
    public async Task A_fact_that_comes_after_the_look_still_names_the_admin()
    {
        var invite = await RegisteredAsync("nino");
        Accounts.Put(Accounts.People[new AccountId("nino")] with { Approval = "approved" });
        World.Host.Clock.Advance(TimeSpan.FromMinutes(20));
        await World.Host.RunOutboxAsync(Ct);
        (await CaseAsync(invite)).GetProperty("status").GetString().ShouldBe("open");
        await World.TellAsync("approved", invite, "nino", by: "root");
        await World.Host.RunOutboxAsync(Ct);
        (await TimelineAsync(invite)).ShouldContain("approval_granted by root");
    }

    [Fact]
    public async Task An_account_that_was_deleted_leaves_the_queue()
    {
        var invite = await RegisteredAsync("nuri");
        Accounts.Remove("nuri");
        await LookAsync();
        (await CaseAsync(invite, decided: true)).GetProperty("status").GetString().ShouldBe("closed");
    }

    [Fact]
    public async Task Who_deleted_a_waiting_account_has_denied_it()
    {
        var invite = await RegisteredAsync("nuno");
        Accounts.Remove("nuno");
        await World.TellAsync("denied", invite, "nuno", by: "root");
        await World.Host.RunOutboxAsync(Ct);
        (await CaseAsync(invite, decided: true)).GetProperty("status").GetString().ShouldBe("refused");
        (await TimelineAsync(invite)).ShouldContain("approval_refused by root");
        (await TimelineAsync(invite)).ShouldContain("onboarding_denied by root");
        (await StatusAsync(invite)).ShouldBe("denied");
    }

    [Fact]
    public async Task That_a_waiting_account_is_denied_is_not_believed_while_it_waits()
    {
        var invite = await RegisteredAsync("nana");
        await World.TellAsync("denied", invite, "nana", by: "root");
        await World.Host.RunOutboxAsync(Ct);
        (await CaseAsync(invite)).GetProperty("status").GetString().ShouldBe("open");
    }

    [Fact]
    public async Task The_newcomer_does_not_decide_on_the_own_account()
    {
        var invite = await RegisteredAsync("nina");
        var nina = Accounts.Put(Accounts.People[new AccountId("nina")] with { Memberships = new HashSet<Membership> { new(null, "/moderators") } });
        using var waiting = await PostAsync("nina", await CaseAsync(invite), "approve", null);
        (waiting.StatusCode, await waiting.CodeAsync(Ct)).ShouldBe((HttpStatusCode.Forbidden, "account_waiting"));

        // Let in at the identity provider, and the companion has not seen it yet.
        Accounts.Put(nina with { Approval = AccountStanding.Approved });
        using var answer = await PostAsync("nina", await CaseAsync(invite), "approve", null);
        (answer.StatusCode, await answer.CodeAsync(Ct)).ShouldBe((HttpStatusCode.Conflict, "approval_own_invitee"));
    }

    /// <summary>The companion looks at the accounts that wait, and once more at those that no longer do.</summary>
    private async Task LookAsync()
    {
        World.Host.Clock.Advance(TimeSpan.FromMinutes(20));
        await World.Host.RunOutboxAsync(Ct);
        World.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await World.Host.RunOutboxAsync(Ct);
    }
}
