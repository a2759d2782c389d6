using Sandbox.Browsing;

namespace Companion.EndToEndTests;

/// <summary>Where people arrive who click through a Sandbox of stand-ins.</summary>
public sealed class AccountPageTests(StandInWorld world) : WorldTest(world)
{
    [Fact]
    public async Task It_lets_people_in_says_who_is_there_and_lets_them_go()
    {
        var (browser, alice, account) = (Use(new Browser()), World.Community.Alice, $"{World.Keycloak.RealmUrl}/account/");

        var page = await browser.OpenAsync(LinkIn(await browser.OpenAsync(account, Ct)), Ct);
        page = await browser.SubmitAsync(page, new Dictionary<string, string> { ["username"] = alice.Username }, Ct);
        page = await browser.SubmitAsync(page, new Dictionary<string, string> { ["password"] = alice.Password }, Ct);
        page.Text.ShouldContain(alice.DisplayName);
        page.Text.ShouldContain(alice.Email);

        await browser.SubmitAsync(await browser.OpenAsync(LinkIn(page), Ct), "form", new Dictionary<string, string>(), Ct);
        (await browser.OpenAsync(account, Ct)).Text.ShouldContain("Nobody is signed in");
    }

    private static string LinkIn(Page page) => page.Document.QuerySelector("a")!.GetAttribute("href")!;
}
