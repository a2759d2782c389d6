using System.Text.Json.Nodes;
using Companion.Adapters.Keycloak.Realm;

namespace Companion.IntegrationTests.Adapters.Keycloak;

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

    [Fact]
    public async Task Sign_ins_end_with_the_step_that_holds_and_keep_the_realms_own_flow()
    {
        var admin = await _keycloak.AddStockRealmAsync("wrapped", Ct);
        await admin.PostAsync("authentication/flows/browser/copy", new JsonObject { ["newName"] = "with a second factor" }, Ct);
        await admin.PutAsync("", new JsonObject { ["browserFlow"] = "with a second factor" }, Ct);
        await admin.PostAsync(
            "identity-provider/instances", new JsonObject { ["alias"] = "somewhere", ["providerId"] = "github", ["config"] = new JsonObject { ["clientId"] = "x", ["clientSecret"] = "x" } }, Ct);
        await admin.PostAsync("clients", new JsonObject { ["clientId"] = "wiki", ["publicClient"] = true, ["redirectUris"] = new JsonArray("https://wiki.example.org/*") }, Ct);
        await RunAsync(admin, Load("wrapped"), dryRun: false);

        var settings = await admin.GetAsync("", Ct);
        foreach (var (binding, own) in ((string, string)[])
            [("browserFlow", "with a second factor"), ("directGrantFlow", "direct grant"), ("resetCredentialsFlow", "reset credentials")])
        {
            var steps = RealmJson.Objects(await admin.GetAsync($"authentication/flows/{RealmAdmin.Segment(settings[binding])}/executions", Ct))
                .Where(step => (int)step["level"]! == 0).ToList();
            steps.Select(step => ((string?)step["displayName"], (string?)step["requirement"])).ShouldBe([(own, "REQUIRED"), ("Invite hold", "REQUIRED")]);
        }

        ((string?)(await admin.GetAsync("identity-provider/instances/somewhere", Ct))["postBrokerLoginFlowAlias"]).ShouldBe("invite hold");
        RealmJson.Texts(RealmJson.By(await admin.GetAsync("clients?clientId=wiki", Ct), "clientId", "wiki")!["defaultClientScopes"]).ShouldContain("invite-hold");
        var actions = RealmJson.Objects(await admin.GetAsync("authentication/required-actions", Ct)).ToList();
        ((string?)actions.MinBy(action => (int)action["priority"]!)!["alias"]).ShouldBe("invite-approval");
        var change = actions.Single(action => (string?)action["alias"] == "UPDATE_EMAIL");
        ((bool)change["enabled"]!, (string?)change["config"]?["verifyEmail"]).ShouldBe((true, "true"));
    }

    [Fact]
    public async Task What_can_not_be_held_by_every_layer_is_named()
    {
        var admin = await _keycloak.AddStockRealmAsync("open", Ct);
        await RunAsync(admin, Load("open"), dryRun: false);
        var browser = RealmJson.By(await admin.GetAsync("authentication/flows", Ct), "alias", "browser")!["id"]!;
        foreach (var client in (JsonObject[])
            [
                new() { ["clientId"] = "by-saml", ["protocol"] = "saml" },
                new() { ["clientId"] = "by-implicit", ["implicitFlowEnabled"] = true },
                new() { ["clientId"] = "by-its-own-flow", ["authenticationFlowBindingOverrides"] = new JsonObject { ["browser"] = browser.DeepClone() } },
            ])
        {
            await admin.PostAsync("clients", client, Ct);
        }

        await admin.PostAsync(
            "identity-provider/instances",
            new JsonObject
            {
                ["alias"] = "by-another-flow",
                ["providerId"] = "github",
                ["postBrokerLoginFlowAlias"] = "browser",
                ["config"] = new JsonObject { ["clientId"] = "x", ["clientSecret"] = "x" },
            },
            Ct);
        var (count, output) = await RunAsync(admin, Load("open"), dryRun: true);
        count.ShouldBe(0, output);
        foreach (var name in (string[])["by-saml", "by-implicit", "by-its-own-flow", "by-another-flow"])
        {
            output.ShouldContain($"'{name}'");
        }
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
        "COMPANION_QUESTIONS" => KeycloakUnderTest.Questions,
        _ => null,
    });
}
