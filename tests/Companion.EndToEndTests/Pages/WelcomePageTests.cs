using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Companion.EndToEndTests.Pages;

public abstract class WelcomePageTests(WorldFixture world, Chromium chromium) : PageTest(world, chromium)
{
    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    public async Task Rooms_tick_in_by_themselves_for_a_newcomer_in_light_and_dark_and_on_a_phone(string language)
    {
        var invited = await InviteAsync();
        MemberConsole console;
        await World.Synapse.StopAsync();
        try
        {
            console = await JoinAsync(invited, language);
            await console.SeeAsync(console.Texts.Counted("welcome.rooms", 3, ("done", "0")));
            await console.LookAsync("welcome-waiting");
        }
        finally
        {
            await World.Synapse.StartAgainAsync(Ct);
        }

        await console.SeeAsync(console.Texts.Counted("welcome.roomsAll", 3));
        foreach (var room in World.Community.Rooms)
        {
            await Expect(console.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = room.Name }))
                .ToContainTextAsync(console.Texts["welcome.room.joined"]);
        }

        await console.SeeAsync(console.Texts.Filled("welcome.inviter", ("inviter", "Alice Ahlers")));
        await console.LookAsync("welcome");
        await ShouldBeOnboardedAsync(invited);
    }

    /// <summary>From the mail to the first page of the account console, as a person with a browser goes.</summary>
    private async Task<MemberConsole> JoinAsync(Invited invited, string language)
    {
        var page = await (await BrowserAsync(language)).NewPageAsync();
        await page.GotoAsync(invited.Link);
        await page.Locator("main > form [type=submit], main > form button").First.ClickAsync();
        await page.FillAsync("[name=username]", invited.Invitee.Username);
        await page.FillAsync("[name=firstName]", "Anna");
        await page.FillAsync("[name=lastName]", "Anders");
        await page.FillAsync("[name=password]", invited.Invitee.Password);
        await page.FillAsync("[name=password-confirm]", invited.Invitee.Password);
        await page.ClickAsync("#kc-submit");
        return ConsoleIn(page, language);
    }
}

public sealed class RealWelcomePageTests(RealWorld world, Chromium chromium) : WelcomePageTests(world, chromium);

public sealed class StandInWelcomePageTests(StandInWorld world, Chromium chromium) : WelcomePageTests(world, chromium);
