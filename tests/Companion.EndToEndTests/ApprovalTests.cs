using System.Net;
using Sandbox.Browsing;
using Sandbox.People;
using Sandbox.Worlds;

namespace Companion.EndToEndTests;

public abstract class ApprovalTests(WorldFixture world) : WorldTest(world)
{
    [Fact]
    public async Task A_newcomer_of_an_unlisted_domain_waits_until_an_admin_puts_the_account_into_the_group()
    {
        var (invited, page, account) = await RegisterWaitingAsync();
        page.Parameter("code").ShouldBeNull();
        (await invited.Invitee.TokenStatusAsync(Ct)).ShouldBe(HttpStatusCode.BadRequest);
        var moritz = Use(await Member.SignInAsync(World, World.Community.Moritz, Ct));
        var waiting = (await moritz.CaseOfAsync(invited.Invite, decided: false, Ct))[0];

        page = await WriteAsync(invited, page, "I know Alice from the harbour.");
        page.Document.QuerySelector("#invite-note-kept").ShouldNotBeNull(page.Text);
        await moritz.ActAsync(waiting.GetProperty("id").GetString()!, "ask", "Which boat is yours?", Ct);
        page = await LookAsync(invited, page);
        page.Document.QuerySelector("#invite-question").ShouldNotBeNull(page.Text).TextContent.ShouldBe("Which boat is yours?");
        page = await WriteAsync(invited, page, "The red one.");
        (await moritz.CaseOfAsync(invited.Invite, decided: false, Ct))[0].GetProperty("questions").EnumerateArray()
            .Select(note => note.GetProperty("text").GetString())
            .ShouldBe(["I know Alice from the harbour.", "Which boat is yours?", "The red one."]);

        var (rosa, admin) = await World.AddAdminAsync(Ct);
        await Use(admin).AddToGroupAsync(account, Community.Group, Ct);
        ShouldBeSignedIn(await LookAsync(invited, page));
        (await invited.Invitee.TokenStatusAsync(Ct)).ShouldBe(HttpStatusCode.OK);
        (await moritz.CaseOfAsync(invited.Invite, decided: true, Ct))[0].GetProperty("status").GetString().ShouldBe("granted");
        await ShouldBeOnboardedAsync(invited);
        var deeds = await moritz.DeedsAsync(invited.Invite, Ct);
        deeds.ShouldContain($"approval_granted by {rosa.AccountId}");
        deeds.ShouldContain($"onboarding_approved by {rosa.AccountId}");
        deeds.ShouldContain($"approval_note_added by {account}");
        deeds.ShouldContain($"approval_question_answered by {account}");
    }

    [Fact]
    public async Task A_newcomer_whose_account_an_admin_deletes_is_denied_by_that_admin()
    {
        var (invited, page, account) = await RegisterWaitingAsync();
        var moritz = Use(await Member.SignInAsync(World, World.Community.Moritz, Ct));
        await moritz.CaseOfAsync(invited.Invite, decided: false, Ct);

        var (rosa, admin) = await World.AddAdminAsync(Ct);
        await Use(admin).DeleteUserAsync(account, Ct);
        (await moritz.CaseOfAsync(invited.Invite, decided: true, Ct))[0].GetProperty("status").GetString().ShouldBe("refused");
        (await moritz.DeedsAsync(invited.Invite, Ct)).ShouldContain($"approval_refused by {rosa.AccountId}");
        (await LookAsync(invited, page)).Text.ShouldContain("This account is switched off.");
        (await AccountsOfAsync(invited)).ShouldBeEmpty();
        await ShouldBecomeAsync(invited, "denied");
    }

    private async Task<(Invited Invited, Page Page, string Account)> RegisterWaitingAsync()
    {
        var invitee = Use(new Invitee(World, WaitingNewcomers.NewAddress()));
        var alice = await AliceAsync();
        var invite = await alice.InviteAsync(WaitingNewcomers.Invitation(World, invitee.Email), Ct);
        Invited invited = new(invitee, alice, invite, await invitee.ReceiveLinkAsync(Ct));
        var page = await invitee.RegisterAsync(await invitee.ContinueAsync(invited.Link, Ct), Ct);
        page.Document.QuerySelector("#invite-waiting").ShouldNotBeNull(page.Text);
        return (invited, page, await OnlyAccountAsync(invited));
    }

    private static Task<Page> WriteAsync(Invited invited, Page page, string text) =>
        invited.Invitee.Browser.SubmitAsync(page, "#invite-note-form", new Dictionary<string, string> { ["note"] = text }, Ct);

    private static Task<Page> LookAsync(Invited invited, Page page) =>
        invited.Invitee.Browser.SubmitAsync(page, "#invite-waiting-check", new Dictionary<string, string>(), Ct);
}

public sealed class RealApprovalTests(RealWorld world) : ApprovalTests(world);

[Trait("Run", "Nightly")]
public sealed class StandInApprovalTests(StandInWorld world) : ApprovalTests(world);
