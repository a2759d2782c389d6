using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox;
using Sandbox.Keycloak;
using Sandbox.Synapse;
using Sandbox.Worlds;
using StandIns.Mail;
using StandIns.Relay;

namespace Companion.EndToEndTests;

public abstract class DoctorTests(WorldFixture world) : WorldTest(world)
{
    [Fact]
    public async Task A_deployment_that_works_has_no_problems()
    {
        var (good, output) = await World.Companion.RunAsync(["doctor"], new Dictionary<string, string?>(), Ct);

        good.ShouldBeTrue(output);
        output.ShouldNotContain("PROBLEM", Case.Sensitive);
        output.ShouldContain("No problems found.");
        string[] healthy =
        [
            "All required settings are there", "Commits are durable", "Writing works", "may read and write every table",
            "clock of Keycloak agrees", "signing keys can be fetched", "has the roles it needs", "listens to the service account",
            "has the companion's version", "reaches the companion, and its signature is accepted", "takes our greeting, login and sender", "The bot is who it should be",
            "The admin API can be used", "through the identity provider", "may invite to every room on offer",
        ];
        healthy.ShouldAllBe(sentence => output.Contains(sentence));
    }

    [Fact]
    public async Task Mistakes_that_were_planted_are_found_and_each_has_a_cure()
    {
        using var stranger = new MatrixSession(World.Synapse, await World.Synapse.RegisterAsync("stranger", admin: false, Ct));
        var closed = await stranger.CreateRoomAsync("Closed", isSpace: false, Ct);
        using var refused = World.Proxy.Intercept(
            "/idp/v1/inspect", _ => Task.FromResult<RelayAnswer?>(RelayAnswer.Problem(401)));

        var (good, output) = await World.Companion.RunAsync(
            ["doctor"],
            new Dictionary<string, string?>
            {
                ["Database__ConnectionString"] = $"{World.Postgres.ConnectionString(World.Database)};Options=-c synchronous_commit=off",
                ["Keycloak__PublicUrl"] = "https://elsewhere.example.org",
                ["Mail__Password"] = "wrong",
                ["Matrix__OidcProviderId"] = "oidc-elsewhere",
                ["Matrix__ManagedRooms__3__RoomId"] = "!AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                ["Matrix__ManagedRooms__3__Name"] = "Missing",
                ["Matrix__ManagedRooms__4__RoomId"] = closed,
                ["Matrix__ManagedRooms__4__Name"] = "Closed",
            },
            Ct);

        good.ShouldBeFalse();
        string[] found =
        [
            "synchronous_commit is off", "https://elsewhere.example.org/realms/community is expected", "does not accept Keycloak's signature", "The login was answered with 535",
            "offers no sign-in oidc-elsewhere (it has: oidc-keycloak)", "Missing: there is no such room", "Closed: the bot is not in it",
        ];
        found.ShouldAllBe(sentence => output.Contains(sentence), output);
        output.ShouldContain($"{found.Length} problems found.");
    }

    [Fact]
    public async Task A_mail_server_with_encryption_from_the_first_byte_and_tokens_is_understood()
    {
        await using var mail = MailSink.Start(new() { IsEncrypted = true, Login = new("companion", "a-token"), Logins = ["XOAUTH2"] });
        using var files = new RunFolder();
        await File.WriteAllTextAsync(files.File("mail.pem"), mail.CertificatePem, Ct);
        await File.WriteAllTextAsync(files.File("token"), "a-token\n", Ct);

        var (_, output) = await World.Companion.RunAsync(
            ["doctor"],
            new Dictionary<string, string?>
            {
                ["SSL_CERT_FILE"] = files.File("mail.pem"),
                ["Mail__Port"] = mail.Port.ToString(CultureInfo.InvariantCulture),
                ["Mail__Security"] = "Implicit",
                ["Mail__Authentication"] = "XOAuth2",
                ["Mail__Username"] = "companion",
                ["Mail__Password"] = "",
                ["Mail__OAuth__TokenFile"] = files.File("token"),
            },
            Ct);

        output.ShouldContain("The mail server takes our greeting, login and sender.");
        mail.Transcripts.ShouldHaveSingleItem().ShouldContain("C: NOOP");
    }

    [Fact]
    public async Task What_can_not_be_reached_or_entered_is_told_without_a_stack_trace()
    {
        var (good, output) = await World.Companion.RunAsync(
            ["doctor"],
            new Dictionary<string, string?>
            {
                ["Database__ConnectionString"] = $"{World.Postgres.ConnectionString(World.Database)};Password=wrong",
                ["Keycloak__ClientSecret"] = "wrong",
                ["Mail__Port"] = "1",
                ["Matrix__AccessToken"] = "wrong",
                ["Matrix__AdminToken"] = "wrong",
            },
            Ct);

        good.ShouldBeFalse();
        string[] found = ["The database refuses", "gives the service account no token", "mail server can't be reached", "does not know a token"];
        found.ShouldAllBe(sentence => output.Contains(sentence), output);
        output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Missing_settings_are_named_and_the_rest_is_looked_at()
    {
        var (good, output) = await World.Companion.RunAsync(
            ["doctor"], new Dictionary<string, string?> { ["Security__MasterKey"] = "", ["Community__PublicUrl"] = "harbour" }, Ct);

        good.ShouldBeFalse();
        string[] told = ["Security:MasterKey must be", "Community:PublicUrl must be", "The bot is who it should be"];
        told.ShouldAllBe(sentence => output.Contains(sentence), output);
    }
}

public sealed class RealDoctorTests(RealWorld world) : DoctorTests(world)
{
    [Fact]
    public async Task A_realm_that_drifted_is_told_and_put_right()
    {
        var admin = new Dictionary<string, string?> { ["KEYCLOAK_ADMIN_USER"] = IKeycloak.AdminName, ["KEYCLOAK_ADMIN_PASSWORD"] = World.Keycloak.AdminPassword };
        (await World.Companion.RunAsync(["doctor"], admin, Ct)).Output.ShouldContain("settings are as registration by invitation needs them");
        var (roles, power, needed) = await RolesOfServiceAccountAsync();
        await World.Admin.ChangeAsync(
            "",
            realm =>
            {
                realm["registrationFlow"] = "registration";
                realm["loginTheme"] = "keycloak";
                realm["eventsListeners"] = new JsonArray("jboss-logging");
            },
            Ct);
        await World.Admin.PostAsync(roles, new[] { power }, Ct);
        await World.Admin.DeleteAsync(roles, new[] { needed }, Ct);
        try
        {
            var (good, output) = await World.Companion.RunAsync(["doctor"], admin, Ct);

            good.ShouldBeFalse();
            string[] found =
            [
                "would set registrationFlow to 'invite registration'", "would set loginTheme to 'companion'", "would have events listened to by jboss-logging, invite-events",
                "also has manage-users of realm-management", "lacks view-organizations of realm-management",
            ];
            found.ShouldAllBe(sentence => output.Contains(sentence), output);
        }
        finally
        {
            await World.Admin.DeleteAsync(roles, new[] { power }, Ct);
            (await World.Companion.RunAsync(["realm", "apply"], admin, Ct)).Output.ShouldContain("4 changes made");
        }

        (await World.Companion.RunAsync(["realm", "apply"], admin, Ct)).ShouldBe((true, "nothing to do\n"));
        (await World.Companion.RunAsync(["doctor"], admin, Ct)).Output.ShouldContain("No problems found.");
    }

    /// <returns>Where its roles of realm-management are kept, one that it must not have, and one that it must.</returns>
    private async Task<(string Path, JsonElement Power, JsonElement Needed)> RolesOfServiceAccountAsync()
    {
        var account = (await World.Admin.GetAsync("users?exact=true&username=service-account-companion", Ct))[0].GetProperty("id").GetString();
        var client = (await World.Admin.GetAsync("clients?clientId=realm-management", Ct))[0].GetProperty("id").GetString();
        return (
            $"users/{account}/role-mappings/clients/{client}",
            await World.Admin.GetAsync($"clients/{client}/roles/manage-users", Ct),
            await World.Admin.GetAsync($"clients/{client}/roles/view-organizations", Ct));
    }
}

[Trait("Run", "Nightly")]
public sealed class StandInDoctorTests(StandInWorld world) : DoctorTests(world);
