using System.Net;
using Microsoft.Playwright;
using Sandbox.Keycloak;
using Sandbox.People;
using Sandbox.Worlds;
using static Microsoft.Playwright.Assertions;

namespace Companion.EndToEndTests.Pages;

public abstract class ApprovalsPageTests(WorldFixture world, Chromium chromium) : PageTest(world, chromium)
{
    [Fact]
    public async Task An_invitation_by_a_three_day_old_account_goes_out_once_a_moderator_approves_it()
    {
        var held = await HoldAsync();
        var console = await OpenAsync(World.Community.Moritz, "moderation/approvals");
        await ApproveAsync(console, held);
    }

    [Fact]
    public async Task A_denied_invitation_never_goes_out_and_stays_among_what_was_decided()
    {
        var held = await HoldAsync();
        var console = await OpenAsync(World.Community.Moritz, "moderation/approvals");
        await DenyAsync(console, held, "Nobody knows you here.");
        await console.SeeAsync(console.Texts.Filled("approvals.done.deny", ("who", held.Invitee.Email)));
        await Eventually.BeTrueAsync(
            "the invitation is denied", async () => await held.Inviter.StatusOfAsync(held.Invite, Ct) == "denied", Ct);
        await console.Page.GetByRole(AriaRole.Tab, new() { Name = console.Texts["approvals.tab.decided"] }).ClickAsync();
        await CaseIn(console, held).ClickAsync();
        await console.SeeAsync("Nobody knows you here.");
        await console.LookAsync("approvals-decided");
        ShouldHaveNoMail(held);
    }

    [Fact]
    public async Task Who_is_no_moderator_reads_that_the_pages_are_for_moderators()
    {
        var console = await OpenAsync(World.Community.Alice, "moderation/approvals");
        await console.SeeAsync(console.Texts["moderation.notAllowed.title"]);
        await Expect(console.Page.GetByRole(AriaRole.Link, new() { Name = console.Texts["approvals.title"] })).ToHaveCountAsync(0);
        await console.LookAsync("moderation-not-allowed");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    public async Task The_moderators_pages_can_be_used_by_everybody_in_light_and_dark_and_on_a_phone(string language)
    {
        var held = await HoldAsync();
        var console = await OpenAsync(World.Community.Moritz, "moderation/approvals", language);
        await CaseIn(console, held).ClickAsync();
        await console.SeeAsync(console.Texts["approvals.why"]);
        await console.LookAsync("approvals");
        await console.Button(console.Texts["approvals.action.deny"]).ClickAsync();
        await console.SeeAsync(console.Texts["approvals.deny.hint"]);
        await console.LookAsync("approvals-deny");
        await console.Page.Keyboard.PressAsync("Escape");

        await GoAsync(console, "moderation.invitations");
        await Expect(console.Row(held.Invitee.Email)).ToContainTextAsync(console.Texts["status.awaiting_approval"]);
        await console.LookAsync("moderation-invitations");

        await GoAsync(console, "timeline.title");
        await console.Page.GetByRole(AriaRole.Button, new() { Name = console.Texts.Filled("timeline.onlyInvite", ("id", held.Invite[..8])) }).First
            .ClickAsync();
        await Expect(console.Page.GetByRole(AriaRole.Row)).ToHaveCountAsync(3);
        await console.LookAsync("timeline");

        await GoAsync(console, "problems.title");
        await console.SeeAsync(console.Texts["problems.none"]);
        await console.LookAsync("problems");

        await GoAsync(console, "people.title");
        await console.Page.GetByRole(AriaRole.Treeitem).Filter(new() { HasText = World.Community.Nele.DisplayName }).ClickAsync();
        await console.SeeAsync(console.Texts["people.openBranch"]);
        await console.LookAsync("people");
        await GoAsync(console, "funnel.title");
        await console.SeeAsync(console.Texts["funnel.moderators"]);
        await console.LookAsync("funnel");
        await GoAsync(console, "pause.title");
        await console.SeeAsync(console.Texts["pause.off"]);
        await console.LookAsync("pause");
    }

    [Fact]
    public async Task Two_of_three_moderators_send_an_invitation_on_its_way_against_the_third()
    {
        var invitee = Use(new Invitee(World, NewAddress().Replace("example.org", Community.WatchedDomain, StringComparison.Ordinal)));
        var alice = await AliceAsync();
        Held held = new(invitee, alice, await alice.InviteAsync(new(invitee.Email, Community.Memberships, Rooms), Ct));
        var (moritz, mona, malik) = (World.Community.Moritz, World.Community.Mona, World.Community.Malik);

        var console = await OpenAsync(moritz, "moderation/approvals");
        await CaseIn(console, held).ClickAsync();
        await console.SeeAsync("Two of three moderators approve invitations to addresses of this domain.");
        await console.Button(console.Texts["approvals.action.approve"]).ClickAsync();
        await console.SeeAsync(console.Texts.Filled("approvals.done.vote", ("who", held.Invitee.Email)));
        await DenyAsync(await OpenAsync(mona, "moderation/approvals"), held, "Nobody of that domain ever came to a meeting.");
        (await alice.StatusOfAsync(held.Invite, Ct)).ShouldBe("awaiting_approval");
        ShouldHaveNoMail(held);
        console = await OpenAsync(malik, "moderation/approvals");
        await CaseIn(console, held).ClickAsync();
        await console.SeeAsync(console.Texts.Filled("approvals.voteFor", ("who", moritz.DisplayName)));
        await console.SeeAsync(console.Texts.Filled("approvals.voteAgainst", ("who", mona.DisplayName)));
        await console.LookAsync("approvals-votes");
        await console.Button(console.Texts["approvals.action.approve"]).ClickAsync();
        await ShouldGoOutAsync(held);
        await ShouldTellAsync(
            console,
            held.Invite,
            $"{World.Community.Alice.DisplayName} invited somebody",
            $"{moritz.DisplayName} voted for approving a case",
            $"{mona.DisplayName} voted for denying a case",
            $"{malik.DisplayName} voted for approving a case",
            $"A case was approved by {malik.DisplayName} on the moderators' page");
        await console.LookAsync("timeline-votes");
    }

    /// <summary>Somebody who is new here invites, and the invitation waits.</summary>
    protected async Task<Held> HoldAsync()
    {
        var invitee = Use(new Invitee(World, NewAddress()));
        var nele = Use(await Member.SignInAsync(World, World.Community.Nele, Ct));
        var invite = await nele.InviteAsync(new(invitee.Email, [Community.Memberships[1]], []), Ct);
        (await nele.StatusOfAsync(invite, Ct)).ShouldBe("awaiting_approval");
        return new(invitee, nele, invite);
    }

    protected async Task ApproveAsync(MemberConsole console, Held held)
    {
        await CaseIn(console, held).ClickAsync();
        await console.SeeAsync("A moderator looks at invitations by members who are new themselves.");
        ShouldHaveNoMail(held);
        await console.Button(console.Texts["approvals.action.approve"]).ClickAsync();
        await console.SeeAsync(console.Texts.Filled("approvals.done.approve", ("who", held.Invitee.Email)));
        await ShouldGoOutAsync(held);
        await ShouldTellAsync(
            console,
            held.Invite,
            $"{World.Community.Nele.DisplayName} invited somebody",
            $"A case was approved by {World.Community.Moritz.DisplayName}",
            $"The mail with an invitation by {World.Community.Nele.DisplayName} went out");
    }

    private static async Task DenyAsync(MemberConsole console, Held held, string reason)
    {
        await CaseIn(console, held).ClickAsync();
        await console.Button(console.Texts["approvals.action.deny"]).ClickAsync();
        await console.TextField("approvals.deny.label").FillAsync(reason);
        await console.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = console.Texts["approvals.deny.send"], Exact = true })
            .ClickAsync();
        await Expect(console.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    private void ShouldHaveNoMail(Held held) => World.Mail.Mails.SelectMany(mail => mail.Recipients).ShouldNotContain(held.Invitee.Email);

    private async Task ShouldGoOutAsync(Held held) =>
        (await held.Invitee.OpenAsync(await held.Invitee.ReceiveLinkAsync(Ct), Ct)).State.ShouldBe("good");

    /// <summary>The invitation's own timeline has these lines.</summary>
    protected async Task ShouldTellAsync(MemberConsole console, string invite, params string[] lines)
    {
        await console.Page.GotoAsync($"{World.Keycloak.RealmUrl}/account/moderation/timeline?invite={invite}");
        foreach (var line in lines)
        {
            await Expect(console.Row(line)).ToHaveCountAsync(1);
        }
    }

    private static ILocator CaseIn(MemberConsole console, Held held) =>
        console.Page.GetByRole(AriaRole.List, new() { Name = console.Texts["approvals.queue"] })
            .GetByRole(AriaRole.Button).Filter(new() { HasText = held.Invitee.Email });

    private static Task GoAsync(MemberConsole console, string title) =>
        console.Page.GetByRole(AriaRole.Link, new() { Name = console.Texts[title], Exact = true }).ClickAsync();

    protected sealed record Held(Invitee Invitee, Member Inviter, string Invite);
}

public sealed class RealApprovalsPageTests(RealWorld world, Chromium chromium) : ApprovalsPageTests(world, chromium)
{
    [Fact]
    public async Task A_moderator_comes_from_the_admin_consoles_navigation_and_approves()
    {
        var held = await HoldAsync();
        var moritz = World.Community.Moritz;
        await MayUseAdminConsoleAsync(moritz.AccountId);
        var page = await SignInAsync(moritz, $"{World.Keycloak.BaseUrl}/admin/{World.Realm}/console/");
        var entry = page.GetByRole(AriaRole.Link, new() { Name = "Approvals", Exact = true });
        await Expect(entry).ToHaveAttributeAsync("href", $"{World.Keycloak.RealmUrl}/account/moderation/approvals");
        await page.GetByRole(AriaRole.Link, new() { Name = "Users", Exact = true }).ClickAsync();
        await Expect(entry).ToHaveCountAsync(1);
        await entry.ScrollIntoViewIfNeededAsync();
        await PictureAsync(page, "admin-console");
        await entry.ClickAsync();
        await ApproveAsync(ConsoleIn(page), held);
    }

    [Fact]
    public async Task An_administrator_of_realm_master_is_led_to_the_realm_that_is_looked_at()
    {
        var held = await HoldAsync();
        await World.Admin.ChangeMasterAsync(realm => realm["adminTheme"] = "companion", Ct);
        try
        {
            var page = await (await BrowserAsync()).NewPageAsync();
            await page.GotoAsync($"{World.Keycloak.BaseUrl}/admin/master/console/#/{World.Realm}/users");
            await page.FillAsync("[name=username]", IKeycloak.AdminName);
            await page.FillAsync("[name=password]", World.Keycloak.AdminPassword);
            await page.ClickAsync("[type=submit]");
            var entry = page.GetByRole(AriaRole.Link, new() { Name = "Approvals", Exact = true });
            await Expect(entry).ToHaveAttributeAsync("href", $"{World.Keycloak.RealmUrl}/account/moderation/approvals");
            await entry.ScrollIntoViewIfNeededAsync();
            await PictureAsync(page, "admin-console-master");
            await entry.ClickAsync();
            await SignInAsync(page, World.Community.Moritz);
            await ApproveAsync(ConsoleIn(page), held);
        }
        finally
        {
            await World.Admin.ChangeMasterAsync(realm => realm["adminTheme"] = "keycloak.v2", Ct);
        }
    }

    [Fact]
    public async Task A_newcomer_waits_without_tokens_until_an_admin_picks_the_group_in_the_stock_console()
    {
        var invitee = Use(new Invitee(World, WaitingNewcomers.NewAddress()));
        var alice = await AliceAsync();
        Invited invited = new(invitee, alice, await alice.InviteAsync(WaitingNewcomers.Invitation(World, invitee.Email), Ct), await invitee.ReceiveLinkAsync(Ct));
        var waiting = await RegisterWaitingAsync(invited);
        var account = await OnlyAccountAsync(invited);
        Person newcomer = new(account, invitee.Username, invitee.Email, "Anna", "Anders", invitee.Password);
        (await invitee.TokenStatusAsync(Ct)).ShouldBe(HttpStatusCode.BadRequest);
        var elsewhere = await SignInAsync(newcomer, $"{World.Keycloak.RealmUrl}/account/");
        await Expect(elsewhere.Locator("#invite-waiting")).ToBeVisibleAsync();
        (await elsewhere.Context.CookiesAsync()).ShouldNotContain(cookie => cookie.Name == "KEYCLOAK_IDENTITY");

        var (rosa, admin) = await World.AddAdminAsync(Ct);
        Use(admin);
        await MayUseAdminConsoleAsync(rosa.AccountId);
        var console = await SignInAsync(rosa, $"{World.Keycloak.BaseUrl}/admin/{World.Realm}/console/#/{World.Realm}/users/{account}/groups");
        await console.GetByRole(AriaRole.Button, new() { Name = "Join Group" }).First.ClickAsync();
        var dialog = console.GetByRole(AriaRole.Dialog);
        await dialog.GetByTestId($"{Community.Group[1..]}-check").CheckAsync();
        await PictureAsync(console, "admin-console-group");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Join", Exact = true }).ClickAsync();

        await waiting.WaitForURLAsync("**/account/**");
        (await invitee.TokenStatusAsync(Ct)).ShouldBe(HttpStatusCode.OK);
        await ConsoleIn(await SignInAsync(newcomer, $"{World.Keycloak.RealmUrl}/account/")).SeeAsync("Anna Anders");
        await ShouldBeOnboardedAsync(invited);
        await ShouldTellAsync(
            await OpenAsync(World.Community.Moritz, "moderation/timeline"),
            invited.Invite,
            $"{World.Community.Alice.DisplayName} invited somebody",
            $"Anna Anders registered with an invitation by {World.Community.Alice.DisplayName}",
            $"A case was approved by {rosa.DisplayName} in the admin console",
            $"{rosa.DisplayName} let Anna Anders in",
            "Anna Anders is set up");
    }

    private async Task MayUseAdminConsoleAsync(string account)
    {
        foreach (var role in (string[])["view-realm", "view-users"])
        {
            await World.Admin.GiveClientRoleAsync(account, "realm-management", role, Ct);
        }
    }
}

[Trait("Run", "Nightly")]
public sealed class StandInApprovalsPageTests(StandInWorld world, Chromium chromium) : ApprovalsPageTests(world, chromium);
