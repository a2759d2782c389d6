using Microsoft.Playwright;
using Sandbox.People;
using Sandbox.Worlds;
using static Microsoft.Playwright.Assertions;

namespace Companion.EndToEndTests.Pages;

public abstract class InvitePageTests(WorldFixture world, Chromium chromium) : PageTest(world, chromium)
{
    private const string Harbour = "Harbour";

    [Fact]
    public async Task A_plain_member_invites_one_person_into_the_community_and_sees_what_becomes_of_it()
    {
        var console = await OpenAsync(World.Community.Paul, "invite");
        var invitee = Use(new Invitee(World, NewAddress()));
        await console.Address.FillAsync(invitee.Email);
        (await console.Page.GetByText(console.Texts["invite.organization"]).CountAsync()).ShouldBe(0);
        await console.TextField("invite.message").FillAsync("We met at the regatta.");
        await console.Vouch().CheckAsync();
        await console.Button(console.Texts["invite.check"]).ClickAsync();
        await console.SeeAsync("Paul Pohl invited you to Harbour Community");
        await Expect(console.Page.FrameLocator("iframe.companion-mail").GetByText("We met at the regatta.")).ToBeVisibleAsync();
        await console.SendReviewedAsync(1);
        await console.ToInvitations.ClickAsync();
        var row = console.Row(invitee.Email);
        await Expect(row).ToContainTextAsync(console.Texts["status.sent"]);

        var form = await invitee.ContinueAsync(await invitee.ReceiveLinkAsync(Ct), Ct);
        await Expect(row).ToContainTextAsync(console.Texts["status.opened"]);
        ShouldBeSignedIn(await invitee.RegisterAsync(form, Ct));
        await Expect(row).ToContainTextAsync(console.Texts["status.redeemed"]);
    }

    [Fact]
    public async Task A_user_manager_gives_Users_and_is_not_offered_Admins()
    {
        var console = await OpenAsync(World.Community.Alice, "invite");
        var address = NewAddress();
        await console.Address.FillAsync(address);
        await console.ChooseOrganizationAsync("harb", Harbour);
        (await console.Group.Locator("option").AllInnerTextsAsync()).ShouldBe([console.Texts["invite.chooseGroup"], "Users", "User Managers"]);
        await console.Group.SelectOptionAsync("Users");
        await console.Vouch().CheckAsync();
        await console.SendAsync(1);

        await console.ToInvitations.ClickAsync();
        await Expect(console.Row(address)).ToContainTextAsync("Harbour · Users");
    }

    [Fact]
    public async Task An_organisation_admin_gives_every_group_mends_what_was_pasted_in_place_and_sends_only_that()
    {
        string[] groups = ["Users", "User Managers", "Admins"];
        var good = NewAddresses(9);
        var mended = NewAddresses(3);
        var olga = World.Community.Olga;
        var console = await OpenAsync(olga, "invite");
        await console.PasteAsync(
            [
                "E-Mail;Organisation;Group",
                .. good.Select((address, index) => $"{address};harbour;{groups[index % 3]}"),
                "nobody-at-all;harbour;Users",
                $"{olga.Email};Harbour;Users",
                $"{mended[2]};HARBOUR;Captains",
            ],
            12);
        await console.SeeAsync(console.Texts.Counted("invite.needHand", 3, ("people", "12")));
        await console.SeeAsync(console.Texts["problem.contact_malformed"]);
        await console.SeeAsync(console.Texts["problem.contact_own"]);
        await console.SeeAsync(console.Texts.Filled("problem.group_not_allowed", ("argument", "Captains")));
        World.Mail.Mails.SelectMany(mail => mail.Recipients).Intersect([.. good, .. mended]).ShouldBeEmpty();

        await console.Vouch(12).CheckAsync();
        await console.Button(console.Texts.Counted("invite.checkGood", 9)).ClickAsync();
        await console.SendReviewedAsync(9);
        await console.SeeAsync(console.Texts.Counted("invite.sent", 9));

        await console.Address.Nth(0).FillAsync(mended[0]);
        await console.Address.Nth(1).FillAsync(mended[1]);
        await console.Group.Last.SelectOptionAsync("Admins");
        await console.Vouch(3).CheckAsync();
        await console.SendAsync(3);
        await console.SeeAsync(console.Texts.Counted("invite.sent", 12));
        await ShouldHaveOneMailEachAsync(olga, [.. good, .. mended]);
    }

    [Fact]
    public async Task A_community_admin_searches_among_many_organisations_and_invites_into_one()
    {
        foreach (var number in Enumerable.Range(1, 60))
        {
            await World.Admin.CreateOrganizationAsync($"Club {number}", $"club-{number}", Ct);
        }

        var console = await OpenAsync(World.Community.Carla, "invite");
        var address = NewAddress();
        await console.Address.FillAsync(address);
        await console.ChooseOrganizationAsync("club 57", "Club 57");
        await console.Group.SelectOptionAsync("Users");
        await console.Vouch().CheckAsync();
        await console.SendAsync(1);

        await console.ToInvitations.ClickAsync();
        await Expect(console.Row(address)).ToContainTextAsync("Club 57 · Users");
    }

    [Fact]
    public async Task A_thousand_pasted_rows_end_in_a_result_for_each_and_one_mail_for_each_good_one()
    {
        var olga = World.Community.Olga;
        var good = NewAddresses(990);
        var broken = Enumerable.Range(1, 5).Select(number => $"broken{number}@").ToArray();
        var strange = NewAddresses(5);
        var message = string.Concat(Enumerable.Repeat("We row on Tuesdays and have cake afterwards. ", 6));
        var console = await OpenAsync(olga, "invite");
        await console.PasteAsync(
            [
                "address,organisation,group,message",
                .. good.Select(address => $"{address},harbour,Users,\"Hello {address.Split('@')[0]}. {message}\""),
                .. broken.Select(address => $"{address},harbour,Users,"),
                .. strange.Select(address => $"{address},elsewhere,Users,"),
            ],
            1000);
        await console.SeeAsync(console.Texts.Counted("invite.needHand", 10, ("people", "1000")));
        await console.Vouch(1000).CheckAsync();
        await console.Button(console.Texts.Counted("invite.checkGood", 990)).ClickAsync();
        await console.SendReviewedAsync(990);

        await console.SeeAsync(console.Texts.Counted("invite.sent", 990));
        await console.Button(console.Texts["invite.sentShow"]).ClickAsync();
        (await console.Page.Locator(".companion-sent li").AllInnerTextsAsync()).Select(text => text.Trim()).ShouldBe(good);
        await console.SeeAsync(console.Texts.Counted("invite.refused", 10));
        await ShouldHaveOneMailEachAsync(olga, good, strange);
    }

    [Fact]
    public async Task A_tab_closed_in_the_middle_goes_on_later_and_nothing_is_sent_twice()
    {
        var olga = World.Community.Olga;
        var addresses = NewAddresses(120);
        var console = await OpenAsync(olga, "invite");
        await console.PasteAsync([.. addresses.Select(address => $"{address},harbour,Users")], 120);
        await console.Vouch(120).CheckAsync();
        var (reached, closed) = (new TaskCompletionSource(), new TaskCompletionSource());
        var parts = 0;
        using (World.Proxy.Intercept("/api/v1/invites", async forward =>
        {
            // The browser's question whether it may ask (204) is not a part.
            var answer = await forward();
            if (answer.Status != 200 || ++parts < 2)
            {
                return answer;
            }

            reached.TrySetResult();
            await closed.Task;
            return null;
        }))
        {
            await console.SendAsync(120);
            await reached.Task.WaitAsync(Ct);
            await console.Page.CloseAsync();
            closed.SetResult();
        }

        var page = await console.Page.Context.NewPageAsync();
        await page.GotoAsync($"{World.Keycloak.RealmUrl}/account/invite");
        var later = ConsoleIn(page);
        await later.SeeAsync(later.Texts.Filled("invite.unfinished.title", ("done", "50"), ("count", "120")));
        await later.Button(later.Texts["invite.unfinished.goOn"]).ClickAsync();
        await later.SeeAsync(later.Texts.Counted("invite.sent", 120));
        await ShouldHaveOneMailEachAsync(olga, addresses);
    }

    [Fact]
    public async Task A_refusal_keeps_what_was_typed_says_why_at_the_field_and_puts_the_cursor_there()
    {
        var console = await OpenAsync(World.Community.Paul, "invite");
        await console.Address.FillAsync("nobody-at-all");
        await console.TextField("invite.message").FillAsync("See www.example.org");
        await console.TextField("invite.note").FillAsync("From the regatta");
        await console.Button(console.Texts["invite.check"]).ClickAsync();

        await console.SeeAsync(console.Texts["problem.contact_malformed"]);
        await console.SeeAsync(console.Texts["problem.vouch_missing"]);
        await Expect(console.Address).ToBeFocusedAsync();
        var address = NewAddress();
        await console.Address.FillAsync(address);
        await console.Vouch().CheckAsync();
        await console.Button(console.Texts["invite.check"]).ClickAsync();

        await console.SeeAsync(console.Texts["problem.message_has_link"]);
        await Expect(console.TextField("invite.message")).ToBeFocusedAsync();
        await Expect(console.TextField("invite.message")).ToHaveValueAsync("See www.example.org");
        await Expect(console.TextField("invite.note")).ToHaveValueAsync("From the regatta");
        await Expect(console.Address).ToHaveValueAsync(address);
    }

    [Fact]
    public async Task Somebody_is_invited_with_the_keyboard_alone()
    {
        var console = await OpenAsync(World.Community.Alice, "invite");
        var keyboard = console.Page.Keyboard;
        var address = NewAddress();
        await Expect(console.Address).ToBeVisibleAsync();
        await console.TabToAsync(console.Address);
        await keyboard.TypeAsync(address);
        await console.TabToAsync(console.Page.GetByRole(AriaRole.Combobox, new() { Name = console.Texts["invite.organization"] }));
        await keyboard.TypeAsync("harb");
        await Expect(console.Page.GetByRole(AriaRole.Option, new() { Name = Harbour })).ToBeVisibleAsync();
        await keyboard.PressAsync("ArrowDown");
        await keyboard.PressAsync("Enter");
        await console.TabToAsync(console.Group);
        await keyboard.TypeAsync("Users");
        await console.TabToAsync(console.Page.GetByRole(AriaRole.Checkbox, new() { Name = "General" }));
        await keyboard.PressAsync("Space");
        await console.TabToAsync(console.Vouch());
        await keyboard.PressAsync("Space");
        await console.TabToAsync(console.Button(console.Texts["invite.check"]));
        await keyboard.PressAsync("Enter");
        await Expect(console.Page.GetByRole(AriaRole.Heading, new() { Name = console.Texts.Counted("invite.review.title", 1) })).ToBeFocusedAsync();
        await console.TabToAsync(console.Button(console.Texts.Counted("invite.send", 1)));
        await keyboard.PressAsync("Enter");

        await console.SeeAsync(console.Texts.Counted("invite.sent", 1));
        await console.TabToAsync(console.ToInvitations);
        await keyboard.PressAsync("Enter");
        await Expect(console.Row(address)).ToContainTextAsync("Harbour · Users");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    public async Task It_can_be_used_by_everybody_in_light_and_dark_and_on_a_phone(string language)
    {
        var console = await OpenAsync(World.Community.Alice, "invite", language);
        await Expect(console.Address).ToBeVisibleAsync();
        await console.LookAsync("invite");
        await console.Button(console.Texts["invite.check"]).ClickAsync();
        await console.SeeAsync(console.Texts["problem.contact_missing"]);
        await console.LookAsync("invite-refused");

        await console.Button(console.Texts["invite.paste.title"]).ClickAsync();
        await console.LookAsync("invite-paste");
        await console.Page.Locator("form .pf-m-link").Last.ClickAsync();
        var addresses = NewAddresses(11);
        await console.PasteAsync(
            [.. addresses.Select(address => $"{address},harbour,Users,de,General|Events,Willkommen an Bord"), "nobody-at-all,harbour,Captains,en,Generl,"],
            12);
        await console.SeeAsync(console.Texts["problem.contact_malformed"]);
        await console.LookAsync("invite-verdicts");
        await console.Page.GetByText(console.Texts["invite.onlyProblems"]).First.ClickAsync();
        await console.LookAsync("invite-all-rows");

        await console.Vouch(12).CheckAsync();
        await console.Button(console.Texts.Counted("invite.checkGood", 11)).ClickAsync();
        await console.SeeAsync(console.Texts.Counted("invite.review.title", 11));
        await console.LookAsync("invite-review");
        await console.SendReviewedAsync(11);
        await console.SeeAsync(console.Texts.Counted("invite.sent", 11));
        await console.LookAsync("invite-sent");
    }
}

public sealed class RealInvitePageTests(RealWorld world, Chromium chromium) : InvitePageTests(world, chromium);

[Trait("Run", "Nightly")]
public sealed class StandInInvitePageTests(StandInWorld world, Chromium chromium) : InvitePageTests(world, chromium);
