using System.Net;
using System.Text.Json.Nodes;
using Sandbox.Browsing;
using Sandbox.Keycloak;
using Sandbox.People;
using Sandbox.Worlds;

namespace Companion.EndToEndTests;

/// <summary>The account console is served with all that its bundle needs to start: the same on both backends, because one bundle has to run on both.</summary>
public abstract class AccountPageTests(WorldFixture world) : WorldTest(world)
{
    private static readonly HttpClient Http = new();

    private string Account => $"{World.Keycloak.RealmUrl}/account/";

    [Theory]
    [InlineData("")]
    [InlineData("welcome")]
    [InlineData("invitations")]
    [InlineData("account-security/signing-in")]
    public async Task Every_address_of_the_console_starts_the_bundle(string path)
    {
        var page = await OpenAsync(Use(new Browser()), path);
        page.Document.QuerySelector("#app").ShouldNotBeNull();

        var files = page.Document.QuerySelectorAll("script[type=module][src]").Select(script => (script.GetAttribute("src")!, "text/javascript"))
            .Concat(page.Document.QuerySelectorAll("link[rel=stylesheet]").Select(style => (style.GetAttribute("href")!, "text/css")))
            .Concat(ImportsOf(page).Select(import => ((string)import.Value!, "text/javascript")))
            .ToList();
        ImportsOf(page).Select(import => import.Key).ShouldBe(["react", "react/jsx-runtime", "react-dom"]);
        files.Count.ShouldBeGreaterThanOrEqualTo(5);
        foreach (var (file, type) in files)
        {
            using var answer = await Http.GetAsync(new Uri(new Uri(page.Url), file), Ct);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, file);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe(type, file);
        }
    }

    [Fact]
    public async Task The_environment_names_the_servers_and_follows_who_is_signed_in()
    {
        var browser = Use(new Browser());
        var environment = EnvironmentOf(await OpenAsync(browser, "welcome"));
        environment.Select(entry => entry.Key).ShouldBe(
            [
                "companionUrl", "serverBaseUrl", "authUrl", "authServerUrl", "baseUrl", "resourceUrl", "realm", "clientId", "scope", "locale", "darkMode",
                "logo", "logoUrl", "referrerName", "referrerUrl", "features",
            ]);
        ((string?)environment["companionUrl"]).ShouldBe(World.Proxy.Url);
        ((string?)environment["serverBaseUrl"]).ShouldBe(World.Keycloak.BaseUrl);
        ((string?)environment["baseUrl"]).ShouldBe(Account);
        ((string?)environment["realm"]).ShouldBe(World.Keycloak.Realm);
        ((string?)environment["clientId"]).ShouldBe("account-console");
        ((string?)environment["locale"]).ShouldBe("en");
        ((bool)environment["darkMode"]!).ShouldBeTrue();
        FeaturesOf(environment).ShouldBe(["isInternationalizationEnabled", "isViewOrganizationsEnabled", "updateEmailFeatureEnabled", "updateEmailActionEnabled"]);

        var alice = World.Community.Alice;
        await SignIn.AccessTokenAsync(World.Keycloak, browser, alice.Username, alice.Password, Ct);
        FeaturesOf(EnvironmentOf(await OpenAsync(browser, ""))).Except(["isLinkedAccountsEnabled"]).ShouldBe( // a realm with a broker has it too
            ["isInternationalizationEnabled", "isViewOrganizationsEnabled", "updateEmailFeatureEnabled", "updateEmailActionEnabled", "isViewApplicationsEnabled", "isViewGroupsEnabled"]);
    }

    [Fact]
    public async Task Groups_are_shown_to_who_is_in_one_be_it_an_organisations()
    {
        var (name, password) = (NewAddress(), Guid.NewGuid().ToString());
        var person = await World.Admin.CreateUserAsync(
            new { username = name.Split('@')[0], email = name, firstName = "Nora", lastName = "Neu", enabled = true, credentials = new[] { new { type = "password", value = password } } },
            Ct);
        var organization = (await World.Admin.GetAsync($"organizations?search={Community.Organization}", Ct))[0].GetProperty("id").GetString()!;
        await World.Admin.AddToOrganizationAsync(organization, person, Ct);
        var browser = Use(new Browser());
        await SignIn.AccessTokenAsync(World.Keycloak, browser, name, password, Ct);
        FeaturesOf(EnvironmentOf(await OpenAsync(browser, ""))).ShouldNotContain("isViewGroupsEnabled");

        var group = (await World.Admin.GetAsync($"organizations/{organization}/groups", Ct))[0].GetProperty("id").GetString()!;
        await World.Admin.AddToOrganizationGroupAsync(organization, group, person, Ct);
        FeaturesOf(EnvironmentOf(await OpenAsync(browser, ""))).ShouldContain("isViewGroupsEnabled");
    }

    [Theory]
    [InlineData("en", "Invitations")]
    [InlineData("de", "Einladungen")]
    public async Task The_communitys_texts_come_in_the_languages_of_the_realm(string language, string title)
    {
        await OpenAsync(Use(new Browser()), "");
        var texts = JsonNode.Parse(await Http.GetStringAsync(new Uri($"{World.Keycloak.BaseUrl}/resources/{World.Keycloak.Realm}/account/{language}"), Ct))!.AsArray();
        ((string?)texts.Single(text => (string?)text!["key"] == "invitations.title")!["value"]).ShouldBe(title);
    }

    [Fact]
    public async Task The_consoles_own_pages_learn_who_is_signed_in_and_strangers_learn_nothing()
    {
        await OpenAsync(Use(new Browser()), "");
        var alice = World.Community.Alice;
        var token = await SignIn.AccessTokenAsync(World.Keycloak, Use(new Browser()), alice.Username, alice.Password, Ct);
        (await AskAsync("", "made.up.token")).Status.ShouldBe(HttpStatusCode.Unauthorized);

        var person = (await AskAsync("?userProfileMetadata=true", token)).Json;
        ((string?)person["username"], (string?)person["email"], (string?)person["firstName"]).ShouldBe((alice.Username, alice.Email, alice.FirstName));
        person["userProfileMetadata"]!["attributes"]!.AsArray().Select(attribute => (string?)attribute!["name"])
            .ShouldBe(["username", "email", "firstName", "lastName", "picture", "locale"], ignoreOrder: true);
        (await AskAsync("supportedLocales", token)).Json.AsArray().Select(language => (string?)language).ShouldBe(["en", "de"], ignoreOrder: true);
        (await AskAsync("groups", token)).Json.AsArray().Select(group => (string?)group!["path"]).ShouldBe(["/members"]);
        (await AskAsync("organizations", token)).Json.AsArray().Select(organization => (string?)organization!["name"]).ShouldBe(["Harbour"]);
        (await AskAsync("sessions/devices", token)).Json.AsArray().SelectMany(device => device!["sessions"]!.AsArray()).ShouldNotBeEmpty();
        foreach (var list in (string[])["applications", "credentials", "linked-accounts"])
        {
            (await AskAsync(list, token)).Json.ShouldBeOfType<JsonArray>();
        }
    }

    [Fact]
    public async Task Who_has_registered_lands_on_the_page_for_newcomers()
    {
        var invited = await InviteAsync();
        var form = await invited.Invitee.ContinueAsync(invited.Link, Ct);
        var end = await invited.Invitee.RegisterAsync(form, Ct);
        ShouldBeSignedIn(end);
        new Uri(end.Url).GetLeftPart(UriPartial.Path).ShouldBe($"{Account}welcome");
    }

    private static JsonObject EnvironmentOf(Page page) => JsonNode.Parse(page.Document.QuerySelector("#environment")!.TextContent)!.AsObject();

    private static IEnumerable<string> FeaturesOf(JsonObject environment) =>
        environment["features"]!.AsObject().Where(feature => (bool)feature.Value!).Select(feature => feature.Key);

    private static JsonObject ImportsOf(Page page) =>
        JsonNode.Parse(page.Document.QuerySelector("script[type=importmap]")!.TextContent)!["imports"]!.AsObject();

    private async Task<Page> OpenAsync(Browser browser, string path)
    {
        Skip.ForLackOf(AccountConsole.Missing);
        var page = await browser.OpenAsync($"{Account}{path}", Ct);
        page.Status.ShouldBe(HttpStatusCode.OK);
        return page;
    }

    private async Task<(HttpStatusCode Status, JsonNode Json)> AskAsync(string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Account}{path}");
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Authorization = new("Bearer", token);
        using var answer = await Http.SendAsync(request, Ct);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!);
    }
}

public sealed class StandInAccountPageTests(StandInWorld world) : AccountPageTests(world);

public sealed class RealAccountPageTests(RealWorld world) : AccountPageTests(world);
