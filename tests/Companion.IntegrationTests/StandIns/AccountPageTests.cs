using Companion.IntegrationTests.Adapters.Keycloak;
using Sandbox.Browsing;

namespace Companion.IntegrationTests.StandIns;

/// <summary>Where people arrive at a stand-in for which no account console was built.</summary>
public sealed class AccountPageTests(StandInKeycloak keycloak) : KeycloakContract(keycloak), IClassFixture<StandInKeycloak>
{
    private const string Password = "a-password-of-a-test";

    [Fact]
    public async Task It_lets_people_in_says_who_is_there_and_lets_them_go()
    {
        var seed = AccountSeed.New() with { FirstName = "Anna", LastName = "Ahlers", Password = Password };
        await Keycloak.AddAccountAsync(seed, Ct);
        var visitor = Visitor();
        var browser = visitor.Browser;

        await visitor.SignInAsync(LinkIn(await browser.OpenAsync(visitor.Redirect, Ct)), seed.Username, Password);
        var page = await browser.OpenAsync(visitor.Redirect, Ct);
        page.Text.ShouldContain("Anna Ahlers");
        page.Text.ShouldContain(seed.Email);

        await browser.SubmitAsync(await browser.OpenAsync(LinkIn(page), Ct), "form", new Dictionary<string, string>(), Ct);
        (await browser.OpenAsync(visitor.Redirect, Ct)).Text.ShouldContain("Nobody is signed in");
    }

    private static string LinkIn(Page page) => page.Document.QuerySelector("a")!.GetAttribute("href")!;
}
