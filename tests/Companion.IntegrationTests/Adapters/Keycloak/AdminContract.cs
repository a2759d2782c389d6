using System.Net;
using System.Net.Mime;
using System.Text.Json.Nodes;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>Who may do what at the Admin API and at the provider's own resources, and how refusals look.</summary>
public abstract class AdminContract(KeycloakUnderTest keycloak) : KeycloakContract(keycloak)
{
    [Theory]
    [InlineData("GET", "users/{id}", 200)]
    [InlineData("GET", "users/none", 404)]
    [InlineData("GET", "users?q=invite_id:none", 200)]
    [InlineData("GET", "users/count", 200)]
    [InlineData("GET", "users/{id}/groups", 200)]
    [InlineData("GET", "users/none/groups", 404)]
    [InlineData("GET", "groups", 200)]
    [InlineData("GET", "group-by-path/members", 200)]
    [InlineData("GET", "group-by-path/none", 404)]
    [InlineData("GET", "groups/none/members", 404)]
    [InlineData("GET", "groups/none/children", 404)]
    [InlineData("GET", "organizations", 200)]
    [InlineData("GET", "organizations/members/{id}/organizations", 200)]
    [InlineData("GET", "organizations/members/none/organizations", 404)]
    [InlineData("POST", "users", 403, """{"username":"somebody"}""")]
    [InlineData("PUT", "users/{id}", 403, """{"enabled":false}""")]
    [InlineData("DELETE", "users/{id}", 403)]
    [InlineData("DELETE", "users/none", 404)]
    [InlineData("PUT", "users/{id}/groups/none", 403)]
    [InlineData("PUT", "users/{id}/reset-password", 403, """{"type":"password","value":"another-password"}""")]
    [InlineData("POST", "organizations", 403, """{"name":"somewhere"}""")]
    [InlineData("POST", "clients", 403, """{"clientId":"something"}""")]
    public async Task The_companions_account_may_read_and_nothing_else(string method, string path, int status, string? body = null)
    {
        var id = await Keycloak.AddAccountAsync(AccountSeed.New(), Ct);
        using var companion = new CompanionCaller(Keycloak);
        var answer = await companion.AdminAsync(method, $"{Keycloak.Realm}/{path.Replace("{id}", id, StringComparison.Ordinal)}", body, Ct);
        ((int)answer.Status).ShouldBe(status, answer.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("made.up.token")]
    public async Task Without_a_good_token_nothing_is_answered(string token)
    {
        using var nobody = new CompanionCaller(Keycloak) { Token = token };
        (await nobody.AdminAsync("GET", $"{Keycloak.Realm}/users", null, Ct)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var answer = await nobody.PutAsync("memberships/none", "{}", Ct);
        answer.Status.ShouldBe(HttpStatusCode.Unauthorized);
        ((string?)answer.Json["code"]).ShouldBe("unauthenticated");
    }

    [Fact]
    public async Task A_member_is_no_administrator_and_not_the_companion()
    {
        var seed = AccountSeed.New() with { FirstName = "Anna", LastName = "Ahlers", Password = "a-password-of-a-test" };
        var id = await Keycloak.AddAccountAsync(seed, Ct);
        var tokens = await Visitor().TokensAsync(seed.Username, seed.Password!);
        using var member = new CompanionCaller(Keycloak) { Token = (string)tokens["access_token"]! };
        (await member.AdminAsync("GET", $"{Keycloak.Realm}/users", null, Ct)).Status.ShouldBe(HttpStatusCode.Forbidden);
        var answer = await member.PutAsync($"approvals/{id}", """{"decision":"approve"}""", Ct);
        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
        ((string?)answer.Json["code"]).ShouldBe("forbidden");
    }

    [Theory]
    [InlineData("""{"username":""}""", 400)]
    [InlineData("""{"username":"a@b"}""", 400)]
    [InlineData("""{"username":"{new}","email":"no address"}""", 400)]
    [InlineData("""{"username":"{new}","nonsense":1}""", 400)]
    [InlineData("""{"username":"{taken}"}""", 409)]
    [InlineData("""{"username":"{new}","email":"{taken}@example.org"}""", 409)]
    [InlineData("""{not json""", 400)]
    public async Task An_account_that_can_not_be_is_not_created(string body, int status)
    {
        var taken = AccountSeed.New();
        await Keycloak.AddAccountAsync(taken, Ct);
        using var admin = new CompanionCaller(Keycloak) { Token = await AdminTokenAsync() };
        var filled = body.Replace("{taken}", taken.Username, StringComparison.Ordinal).Replace("{new}", AccountSeed.New().Username, StringComparison.Ordinal);
        ((int)(await admin.AdminAsync("POST", $"{Keycloak.Realm}/users", filled, Ct)).Status).ShouldBe(status);
    }

    [Fact]
    public async Task A_changed_account_keeps_what_is_not_named_unless_attributes_are()
    {
        var seed = AccountSeed.New() with { FirstName = "Anna", LastName = "Ahlers", Attributes = new Dictionary<string, string> { ["invite_id"] = "x", ["undeclared"] = "y" } };
        var id = await Keycloak.AddAccountAsync(seed, Ct);
        (await ShowAsync(id))["attributes"]!["undeclared"].ShouldBeNull();
        await Keycloak.Admin.PutAsync($"users/{id}", new JsonObject { ["lastName"] = "Brandt" }, Ct);
        var renamed = await ShowAsync(id);
        ((string?)renamed["firstName"], (string?)renamed["lastName"], (string?)renamed["attributes"]!["invite_id"]![0]).ShouldBe(("Anna", "Brandt", "x"));
        await Keycloak.Admin.PutAsync($"users/{id}", new JsonObject { ["attributes"] = new JsonObject { ["locale"] = new JsonArray("de") } }, Ct);
        var replaced = await ShowAsync(id);
        replaced["email"].ShouldBeNull();
        replaced["firstName"].ShouldBeNull();
        // The mark of the invite is the provider's, which puts it back.
        replaced["attributes"]!.AsObject().Select(attribute => attribute.Key).ShouldBe(["locale", "invite_id"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_deleted_account_is_in_nothing()
    {
        var id = await Keycloak.AddAccountAsync(AccountSeed.New(), Ct);
        await Keycloak.JoinAsync("quay", id, Ct);
        using var admin = new CompanionCaller(Keycloak) { Token = await AdminTokenAsync() };
        var organization = (await Keycloak.Admin.GetAsync("organizations?search=quay", Ct)).AsArray().Single(found => (string?)found!["alias"] == "quay")!["id"];
        (await admin.AdminAsync("POST", $"{Keycloak.Realm}/organizations/{organization}/members", $"\"{id}\"", Ct)).Status.ShouldBe(HttpStatusCode.Conflict);
        (await admin.AdminAsync("DELETE", $"{Keycloak.Realm}/users/{id}", null, Ct)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await Keycloak.Admin.FindAsync($"users/{id}", Ct)).ShouldBeNull();
        (await Keycloak.Admin.GetAsync($"organizations/{organization}/members", Ct)).AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"decision":"maybe"}""", 400, "malformed")]
    [InlineData("""{not json""", 400, "malformed")]
    [InlineData("""[]""", 400, "malformed")]
    [InlineData("""{"decision":"approve","reason":5}""", 400, "malformed")]
    [InlineData("""{"decision":"approve"}""", 409, "not_waiting")]
    public async Task A_bad_decision_has_a_code(string body, int status, string code)
    {
        var id = await Keycloak.AddAccountAsync(AccountSeed.New(), Ct);
        await ShouldFailAsync($"approvals/{id}", body, status, code);
        await ShouldFailAsync($"approvals/{id}", body + new string(' ', 16 * 1024), 413, "too_large");
    }

    [Theory]
    [InlineData("""{}""", 400, "malformed")]
    [InlineData("""{"memberships":"x"}""", 400, "malformed")]
    [InlineData("""{"memberships":[{}]}""", 400, "malformed")]
    [InlineData("""{"memberships":[{"group":5}]}""", 400, "malformed")]
    [InlineData("""{"memberships":[{"group":"members"}]}""", 404, "group_unknown")]
    [InlineData("""{"memberships":[{"group":"/moderators"}]}""", 403, "group_not_allowed")]
    [InlineData("""{"memberships":[{"organization":"none"}]}""", 404, "organization_unknown")]
    public async Task A_bad_grant_has_a_code(string body, int status, string code)
    {
        var id = await Keycloak.AddAccountAsync(AccountSeed.New(), Ct);
        await ShouldFailAsync($"memberships/{id}", body, status, code);
        await ShouldFailAsync("memberships/none", body, 404, "account_unknown");
    }

    [Fact]
    public async Task A_grant_tells_what_was_new()
    {
        var id = await Keycloak.AddAccountAsync(AccountSeed.New(), Ct);
        using var companion = new CompanionCaller(Keycloak);
        const string Body = """{"inviteId":"x","memberships":[{"group":"/members","organization":null}]}""";
        (await companion.PutAsync($"memberships/{id}", Body, Ct)).Json.ToJsonString().ShouldBe("""{"granted":[{"group":"/members"}],"already":[]}""");
        (await companion.PutAsync($"memberships/{id}", Body, Ct)).Json.ToJsonString().ShouldBe("""{"granted":[],"already":[{"group":"/members"}]}""");
        (await companion.PutAsync($"memberships/{id}", Body, Ct, MediaTypeNames.Text.Plain)).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    private async Task ShouldFailAsync(string path, string body, int status, string code)
    {
        using var companion = new CompanionCaller(Keycloak);
        var answer = await companion.PutAsync(path, body, Ct);
        ((int)answer.Status, (string?)answer.Json["code"]).ShouldBe((status, code));
        ((string?)answer.Json["message"]).ShouldNotBeNullOrEmpty();
    }

    private async Task<JsonNode> ShowAsync(string id) => await Keycloak.Admin.GetAsync($"users/{id}", Ct);

    private async Task<string> AdminTokenAsync() => (string)(await Keycloak.AdminTokenAsync(Ct))["access_token"]!;
}

public sealed class StandInAdminTests(StandInKeycloak keycloak) : AdminContract(keycloak), IClassFixture<StandInKeycloak>;

[Collection(nameof(RealKeycloak))]
public sealed class RealAdminTests(RealKeycloak keycloak) : AdminContract(keycloak);
