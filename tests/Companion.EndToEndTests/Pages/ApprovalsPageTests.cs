using System.Text.Json;
using Microsoft.Playwright;
using Sandbox.People;
using Sandbox.Worlds;
using static Microsoft.Playwright.Assertions;

namespace Companion.EndToEndTests.Pages;

public abstract class ApprovalsPageTests(WorldFixture world, Chromium chromium) : PageTest(world, chromium)
{
    [Fact]
    public async Task An_invitation_that_a_rule_holds_back_goes_out_once_a_moderator_approves_it()
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
        await CaseIn(console, held).ClickAsync();
        await console.Page.Keyboard.PressAsync("d");
        await console.TextField("approvals.deny.label").FillAsync("Nobody knows you here.");
        await console.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = console.Texts["approvals.deny.send"], Exact = true })
            .ClickAsync();
        await console.SeeAsync(console.Texts.Filled("approvals.done.deny", ("who", held.Invitee.Email)));
        await Eventually.BeTrueAsync(
            "the invitation is denied", async () => await held.Alice.StatusOfAsync(held.Invite, Ct) == "denied", Ct);
        await console.Page.GetByRole(AriaRole.Tab, new() { Name = console.Texts["approvals.tab.decided"] }).ClickAsync();
        await CaseIn(console, held).ClickAsync();
        await console.SeeAsync("Nobody knows you here.");
        await console.LookAsync("approvals-decided");
        World.Mail.Mails.SelectMany(mail => mail.Recipients).ShouldNotContain(held.Invitee.Email);
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
    }

    /// <summary>Alice invites somebody whose invitation waits.</summary>
    protected async Task<Held> HoldAsync()
    {
        var invitee = Use(new Invitee(World, NewAddress().Replace("example.org", Community.HeldDomain, StringComparison.Ordinal)));
        var alice = await AliceAsync();
        var invite = await alice.InviteAsync(new(invitee.Email, Community.Memberships, Rooms), Ct);
        (await alice.StatusOfAsync(invite, Ct)).ShouldBe("awaiting_approval");
        return new(invitee, alice, invite);
    }

    protected async Task ApproveAsync(MemberConsole console, Held held)
    {
        await CaseIn(console, held).ClickAsync();
        await console.SeeAsync("A moderator looks at invitations to addresses of this domain.");
        World.Mail.Mails.SelectMany(mail => mail.Recipients).ShouldNotContain(held.Invitee.Email);
        await console.Button(console.Texts["approvals.action.approve"]).ClickAsync();
        await console.SeeAsync(console.Texts.Filled("approvals.done.approve", ("who", held.Invitee.Email)));
        (await held.Invitee.OpenAsync(await held.Invitee.ReceiveLinkAsync(Ct), Ct)).State.ShouldBe("good");
        (await held.Alice.TimelineOfAsync(held.Invite, Ct)).Select(line => line.Type).ShouldContain("invite_approved");
    }

    private static ILocator CaseIn(MemberConsole console, Held held) =>
        console.Page.GetByRole(AriaRole.List, new() { Name = console.Texts["approvals.queue"] })
            .GetByRole(AriaRole.Button).Filter(new() { HasText = held.Invitee.Email });

    private static Task GoAsync(MemberConsole console, string title) =>
        console.Page.GetByRole(AriaRole.Link, new() { Name = console.Texts[title], Exact = true }).ClickAsync();

    protected sealed record Held(Invitee Invitee, Member Alice, string Invite);
}

public sealed class RealApprovalsPageTests(RealWorld world, Chromium chromium) : ApprovalsPageTests(world, chromium)
{
    [Fact]
    public async Task A_moderator_comes_from_the_admin_consoles_navigation_and_approves()
    {
        var held = await HoldAsync();
        var moritz = World.Community.Moritz;
        await MayUseAdminConsoleAsync(moritz);
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

    private async Task MayUseAdminConsoleAsync(Person person)
    {
        var management = (await World.Admin.GetAsync("clients?clientId=realm-management", Ct))[0].GetProperty("id").GetString()!;
        var roles = new List<JsonElement>();
        foreach (var role in (string[])["view-realm", "view-users"])
        {
            roles.Add(await World.Admin.GetAsync($"clients/{management}/roles/{role}", Ct));
        }

        await World.Admin.PostAsync($"users/{person.AccountId}/role-mappings/clients/{management}", roles, Ct);
    }
}

public sealed class StandInApprovalsPageTests(StandInWorld world, Chromium chromium) : ApprovalsPageTests(world, chromium);
