using System.Text.Json.Nodes;
using Companion.Keycloak.Realm;

namespace Companion.IntegrationTests.Keycloak;

[Collection(nameof(RealKeycloak))]
public sealed class ApplyRealmTests
{
    private readonly RealKeycloak _keycloak;

    public ApplyRealmTests(RealKeycloak keycloak)
    {
        keycloak.SkipIfMissing();
        _keycloak = keycloak;
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stock_realm_gets_all_it_needs_at_the_first_run_and_nothing_at_the_second()
    {
        var admin = await _keycloak.AddStockRealmAsync("stock", Ct);
        var foreign = await SeedForeignAsync(admin);
        var realm = Load("stock");
        (await RunAsync(admin, realm, dryRun: true)).Count.ShouldBeGreaterThan(10);
        (await admin.GetAsync("", Ct))["registrationAllowed"]!.GetValue<bool>().ShouldBeFalse("A dry run changes nothing.");

        (await RunAsync(admin, realm, dryRun: false)).Count.ShouldBeGreaterThan(10);
        var (count, output) = await RunAsync(admin, realm, dryRun: false);
        count.ShouldBe(0, output);

        var settings = await admin.GetAsync("", Ct);
        ((string?)settings["registrationFlow"]).ShouldBe("invite registration");
        ((string?)settings["firstBrokerLoginFlow"]).ShouldBe("no uninvited accounts");
        ((string?)settings["accountTheme"]).ShouldBe("companion");
        ((string?)settings["attributes"]!["companion.role.groups"]).ShouldBe("Users##User Managers##Admins");
        ((string?)settings["attributes"]!["companion.questions"]).ShouldBe(KeycloakUnderTest.Questions);
        await ShouldKnowRolesAsync(admin);
        await ShouldBeThereAsync(admin, foreign);
    }

    [Fact]
    public async Task The_imported_realm_needs_nothing()
    {
        var (count, output) = await RunAsync(_keycloak.Admin, Load(_keycloak.Realm, _keycloak.ClientSecret), dryRun: true);
        count.ShouldBe(0, output);
    }

    [Fact]
    public async Task What_was_changed_of_ours_is_put_right()
    {
        var admin = await _keycloak.AddStockRealmAsync("drifted", Ct);
        var realm = Load("drifted");
        await RunAsync(admin, realm, dryRun: false);
        await admin.PutAsync("", new JsonObject { ["firstBrokerLoginFlow"] = "first broker login" }, Ct);
        var path = "authentication/flows/invite%20registration/executions";
        var gate = RealmJson.By(await admin.GetAsync(path, Ct), "providerId", "invite-gate")!;
        gate["requirement"] = "DISABLED";
        await admin.PutAsync(path, gate, Ct);
        var profile = await admin.GetAsync("users/profile", Ct);
        RealmJson.By(profile["attributes"], "name", "picture")!["permissions"]!["edit"] = new JsonArray("admin", "user");
        await admin.PutAsync("users/profile", profile, Ct);
        var (count, output) = await RunAsync(admin, realm, dryRun: false);
        count.ShouldBe(3, output);
        output.ShouldContain("invite-gate");
        output.ShouldContain("picture");
        (await RunAsync(admin, realm, dryRun: false)).Count.ShouldBe(0);
    }

    private static async Task ShouldKnowRolesAsync(RealmAdmin admin)
    {
        string[] ours = ["companion-moderator", "companion-admin", "companion-superuser"];
        var console = RealmJson.By(await admin.GetAsync("clients?clientId=account-console", Ct), "clientId", "account-console")!["id"];
        foreach (var list in (string[])["roles", $"clients/{console}/scope-mappings/realm"])
        {
            ours.ShouldBeSubsetOf(RealmJson.Objects(await admin.GetAsync(list, Ct)).Select(role => (string)role["name"]!));
        }
    }

    private static async Task<(int Count, string Output)> RunAsync(RealmAdmin admin, JsonObject realm, bool dryRun)
    {
        var differences = new List<RealmDifference>();
        var count = await new ApplyRealm(admin, differences.Add, dryRun).RunAsync(realm, Ct);
        return (count, string.Join('\n', differences));
    }

    private static async Task<string[]> SeedForeignAsync(RealmAdmin admin)
    {
        var profile = await admin.GetAsync("users/profile", Ct);
        profile["attributes"]!.AsArray().Add(new JsonObject { ["name"] = "berth", ["permissions"] = new JsonObject { ["view"] = new JsonArray("admin"), ["edit"] = new JsonArray("admin") } });
        await admin.PutAsync("users/profile", profile, Ct);
        await admin.PutAsync("", new JsonObject { ["eventsListeners"] = new JsonArray("jboss-logging", "email") }, Ct);
        return
        [
            "berth",
            .. RealmJson.Objects(await admin.GetAsync("authentication/required-actions", Ct)).Select(action => (string)action["alias"]!),
            .. RealmJson.Objects(await admin.GetAsync("client-scopes", Ct)).Select(scope => (string)scope["name"]!),
            .. RealmJson.Objects(await admin.GetAsync("default-default-client-scopes", Ct)).Select(scope => (string)scope["name"]!),
        ];
    }

    private static async Task ShouldBeThereAsync(RealmAdmin admin, string[] foreign)
    {
        string[] now =
        [
            .. RealmJson.Objects((await admin.GetAsync("users/profile", Ct))["attributes"]).Select(attribute => (string)attribute["name"]!),
            .. RealmJson.Objects(await admin.GetAsync("authentication/required-actions", Ct)).Select(action => (string)action["alias"]!),
            .. RealmJson.Objects(await admin.GetAsync("client-scopes", Ct)).Select(scope => (string)scope["name"]!),
        ];
        foreign.Except(now).ShouldBeEmpty();
        RealmJson.Texts((await admin.GetAsync("", Ct))["eventsListeners"]).ShouldBe(["jboss-logging", "email", "invite-events"], ignoreOrder: true);
    }

    private static JsonObject Load(string realm, string secret = "made for a test") => RealmFile.Load(name => name switch
    {
        "COMPANION_REALM" => realm,
        "COMPANION_CLIENT_SECRET" => secret,
        "COMPANION_URL" => "https://companion.example.org",
        "COMPANION_QUESTIONS" => KeycloakUnderTest.Questions,
        _ => null,
    });
}
