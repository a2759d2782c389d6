using System.Net;
using Sandbox.Browsing;
using Sandbox.People;
using Sandbox.Worlds;

namespace Companion.EndToEndTests;

public abstract class LinkTests(WorldFixture world) : WorldTest(world)
{
    [Fact]
    public async Task A_link_that_was_used_says_so_and_makes_no_second_account()
    {
        var invited = await InviteAsync();
        var form = await invited.Invitee.ContinueAsync(invited.Link, Ct);
        using var second = new Invitee(World, invited.Invitee.Email, $"{invited.Invitee.Username}-again");
        var secondForm = await second.ContinueAsync(invited.Link, Ct);
        ShouldBeSignedIn(await invited.Invitee.RegisterAsync(form, Ct));
        await ShouldBecomeAsync(invited, "redeemed");

        var late = await second.RegisterAsync(secondForm, Ct, new Dictionary<string, string> { ["email"] = "other@example.org" });
        late.Parameter("code").ShouldBeNull();
        using var third = new Invitee(World, invited.Invitee.Email);
        (await third.ContinueAsync(invited.Link, Ct)).State.ShouldBe("used");

        await OnlyAccountAsync(invited);
        (await World.Admin.FindByEmailAsync("other@example.org", Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_scanner_that_opens_and_posts_everything_ten_times_takes_nothing_from_the_invitee()
    {
        var invited = await InviteAsync();
        var mail = await World.Mail.WaitForAsync(invited.Invitee.Email, Ct);
        using var plain = new HttpClient();
        for (var round = 0; round < 10; round++)
        {
            using var scanner = new Invitee(World, invited.Invitee.Email);
            using var head = new HttpRequestMessage(HttpMethod.Head, new Uri(invited.Link));
            using var answer = await plain.SendAsync(head, Ct);
            foreach (var address in mail.Text.Split((char[]?)null).Where(word => word.StartsWith("http", StringComparison.Ordinal)))
            {
                await scanner.Browser.OpenAsync(address, Ct);
            }

            await scanner.Browser.SubmitAllAsync(await scanner.OpenAsync(invited.Link, Ct), Ct);
            var form = await scanner.ContinueAsync(invited.Link, Ct);
            if (form.Has("password"))
            {
                await scanner.Browser.SubmitAllAsync(form, Ct);
            }
        }

        (await AccountsOfAsync(invited)).ShouldBeEmpty();
        (await invited.Alice.StatusOfAsync(invited.Invite, Ct)).ShouldBe("opened"); // it pressed every button, as a person would
        await RegisterAsync(invited);
        await ShouldBeOnboardedAsync(invited);
    }

    [Fact]
    public async Task A_revoked_invitation_says_that_it_was_withdrawn()
    {
        var invited = await InviteAsync();
        var form = await invited.Invitee.ContinueAsync(invited.Link, Ct);

        await invited.Alice.RevokeAsync(invited.Invite, Ct);

        using var later = new Invitee(World, invited.Invitee.Email);
        (await later.OpenAsync(invited.Link, Ct)).State.ShouldBe("revoked");
        (await invited.Invitee.RegisterAsync(form, Ct)).Parameter("code").ShouldBeNull();
        (await AccountsOfAsync(invited)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_resent_invitation_has_a_new_link_and_the_old_one_points_to_it()
    {
        var invited = await InviteAsync();
        var first = World.Mail.Mails.Last(mail => mail.Recipients.Contains(invited.Invitee.Email)).Number;

        await invited.Alice.ResendAsync(invited.Invite, Ct);
        var link = await invited.Invitee.ReceiveLinkAsync(Ct, afterMail: first);

        link.ShouldNotBe(invited.Link);
        (await invited.Invitee.OpenAsync(invited.Link, Ct)).State.ShouldBe("replaced");
        await RegisterAsync(invited with { Link = link });
        await ShouldBecomeAsync(invited, "redeemed");
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("short")]
    public async Task A_link_that_nobody_sent_is_not_known(string token)
    {
        using var stranger = new Invitee(World, NewAddress());

        var page = await stranger.OpenAsync($"{World.Proxy.Url}/i#{token}", Ct);

        page.State.ShouldBe("unknown");
        page.Has("token").ShouldBeTrue();
    }

    [Fact]
    public async Task A_handle_that_the_companion_did_not_make_opens_no_form()
    {
        using var browser = new Browser();
        foreach (var parameter in (string[])["", "&invite=", "&invite=made-up", "&invite=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"])
        {
            var page = await browser.OpenAsync(RegistrationUrl(parameter), Ct);

            page.Status.ShouldBeOneOf(HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.Gone);
            page.Has("password").ShouldBeFalse();
        }
    }
}

public sealed class RealLinkTests(RealWorld world) : LinkTests(world);

[Trait("Run", "Nightly")]
public sealed class StandInLinkTests(StandInWorld world) : LinkTests(world);
