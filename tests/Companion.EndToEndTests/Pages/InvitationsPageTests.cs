using Sandbox.Worlds;
using static Microsoft.Playwright.Assertions;

namespace Companion.EndToEndTests.Pages;

public abstract class InvitationsPageTests(WorldFixture world, Chromium chromium) : PageTest(world, chromium)
{
    [Fact]
    public async Task An_invitation_is_sent_again_extended_and_withdrawn_from_the_list()
    {
        var invited = await InviteAsync();
        var contact = invited.Invitee.Email;
        var first = World.Mail.Mails.Last(mail => mail.Recipients.Contains(contact)).Number;
        var before = await ExpiryOfAsync(invited);
        var console = await OpenAsync(World.Community.Alice, "invitations");

        await console.ActAsync(contact, "extend");
        await console.SeeAsync(console.Texts.Filled("invitations.done.extend", ("contact", contact)));
        (await ExpiryOfAsync(invited)).ShouldBeGreaterThan(before);

        await console.ActAsync(contact, "resend");
        await console.SeeAsync(console.Texts.Filled("invitations.done.resend", ("contact", contact)));
        var link = await invited.Invitee.ReceiveLinkAsync(Ct, afterMail: first);
        link.ShouldNotBe(invited.Link);

        await console.ActAsync(contact, "revoke");
        await console.SeeAsync(console.Texts.Filled("invitations.revoke.body", ("contact", contact)));
        await console.Button(console.Texts["invitations.revoke.keep"]).ClickAsync();
        await Expect(console.Row(contact)).Not.ToContainTextAsync(console.Texts["status.revoked"]);
        await console.ActAsync(contact, "revoke");
        await console.Button(console.Texts["invitations.revoke.confirm"]).ClickAsync();
        await Expect(console.Row(contact)).ToContainTextAsync(console.Texts["status.revoked"]);
        (await invited.Invitee.OpenAsync(link, Ct)).State.ShouldBe("revoked");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    public async Task It_can_be_used_by_everybody_in_light_and_dark_and_on_a_phone(string language)
    {
        var nobody = await OpenAsync(World.Community.Moritz, "invitations", language);
        await nobody.SeeAsync(nobody.Texts["invitations.empty.title"]);
        await nobody.LookAsync("invitations-empty");

        var joined = await InviteAsync();
        await RegisterAsync(joined);
        await ShouldBeOnboardedAsync(joined);
        var revoked = await InviteAsync();
        await revoked.Alice.RevokeAsync(revoked.Invite, Ct);
        var open = await InviteAsync($"somebody.with.a.rather.long.address.{NewAddress()}");
        var console = await OpenAsync(World.Community.Alice, "invitations", language);
        await Expect(console.Row(revoked.Invitee.Email)).ToContainTextAsync(console.Texts["status.revoked"]);
        await console.LookAsync("invitations");
        await console.ActAsync(open.Invitee.Email, "revoke");
        await console.SeeAsync(console.Texts["invitations.revoke.title"]);
        await console.LookAsync("invitations-withdraw");
    }

    private async Task<DateTimeOffset> ExpiryOfAsync(Invited invited) =>
        (await invited.Alice.GetAsync($"/api/v1/invites/{invited.Invite}", Ct)).GetProperty("expiresAt").GetDateTimeOffset();
}

public sealed class RealInvitationsPageTests(RealWorld world, Chromium chromium) : InvitationsPageTests(world, chromium);

[Trait("Run", "Nightly")]
public sealed class StandInInvitationsPageTests(StandInWorld world, Chromium chromium) : InvitationsPageTests(world, chromium);
