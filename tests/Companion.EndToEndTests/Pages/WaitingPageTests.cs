using System.Globalization;
using Microsoft.Playwright;
using Sandbox.People;
using Sandbox.Worlds;
using static Microsoft.Playwright.Assertions;

namespace Companion.EndToEndTests.Pages;

/// <summary>The page that a newcomer waits on, with its script: the stand-in's has none.</summary>
public sealed class RealWaitingPageTests(RealWorld world, Chromium chromium) : PageTest(world, chromium)
{
    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    public async Task A_newcomer_waits_is_asked_answers_and_goes_on_by_itself(string language)
    {
        var (page, invite) = await WaitAsync(language);
        var moritz = Use(await Member.SignInAsync(World, World.Community.Moritz, Ct));
        var waiting = (await moritz.CaseOfAsync(invite, decided: false, Ct))[0];
        await moritz.ActAsync(waiting.GetProperty("id").GetString()!, "ask", "Which boat is yours?\nAnd who do you know here?", Ct);

        // A draft outlasts the page.
        await page.FillAsync("#note", "The red o");
        await page.ClickAsync("#invite-waiting-check button");
        await Expect(page.Locator("#invite-question")).ToContainTextAsync("Which boat is yours?");
        await Expect(page.Locator("#note")).ToHaveValueAsync("The red o");
        await LookAsync(page, "waiting-question", language);

        await page.FillAsync("#note", new string('x', 1003));
        await page.ClickAsync("#invite-note-form button");
        await Expect(page.Locator("#input-error-note")).ToContainTextAsync("3");
        await Expect(page.Locator("#note")).ToBeFocusedAsync();
        await LookAsync(page, "waiting-refused", language);

        await page.FillAsync("#note", "The red one.");
        await page.ClickAsync("#invite-note-form button");
        await Expect(page.Locator("#invite-note-kept")).ToBeVisibleAsync();
        await Expect(page.Locator("#note")).ToHaveValueAsync("");
        await LookAsync(page, "waiting-kept", language);

        var (_, admin) = await World.AddAdminAsync(Ct);
        await Use(admin).AddToGroupAsync(waiting.GetProperty("newcomer").GetProperty("account").GetString()!, Community.Group, Ct);
        await page.WaitForURLAsync("**/account/**", new() { Timeout = 120_000 });
    }

    private async Task<(IPage Page, string Invite)> WaitAsync(string language)
    {
        var invitee = Use(new Invitee(World, WaitingNewcomers.NewAddress()));
        var alice = await AliceAsync();
        var invite = await alice.InviteAsync(WaitingNewcomers.Invitation(World, invitee.Email) with { Language = language }, Ct);
        return (await RegisterWaitingAsync(new(invitee, alice, invite, await invitee.ReceiveLinkAsync(Ct)), language), invite);
    }

    /// <summary>Pictures, wide and on a small phone, light and dark; nothing may stand in the way of anybody, or be wider than the phone.</summary>
    private async Task LookAsync(IPage page, string name, string language)
    {
        (int Width, ColorScheme Scheme)[] looks = language == "en"
            ? [(1280, ColorScheme.Light), (320, ColorScheme.Light), (320, ColorScheme.Dark)]
            : [(320, ColorScheme.Light)];
        foreach (var (width, scheme) in looks)
        {
            var look = string.Create(CultureInfo.InvariantCulture, $"{name}-{language}-{width}{(scheme == ColorScheme.Dark ? "-dark" : "")}");
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            await page.SetViewportSizeAsync(width, 800);
            await page.TakePictureAsync(Path.Combine(Screenshots, $"{look}.png"), fullPage: true);
            (await ConsoleIn(page).ViolationsAsync()).ShouldBeEmpty(look);
            (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - window.innerWidth")).ShouldBeLessThanOrEqualTo(0, look);
        }

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(1280, 800);
    }
}
