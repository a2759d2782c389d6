using System.Net;
using System.Text.Json.Nodes;
using Companion.Adapters.Keycloak.Realm;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>What somebody may do in the companion, as the companion and its consoles read it.</summary>
public abstract class RealmRoleContract(KeycloakUnderTest keycloak) : KeycloakContract(keycloak)
{
    private const string Password = "a-password-of-a-test";

    [Theory]
    [InlineData("companion-moderator")]
    [InlineData("companion-admin")]
    [InlineData("companion-superuser")]
    public async Task A_role_that_was_given_is_seen_by_the_companion_and_in_the_consoles_token(string role)
    {
        var (id, seed) = await AddAsync();
        await Keycloak.Seed.GiveRealmRoleAsync(id, role, Ct);
        await Keycloak.Seed.GiveRealmRoleAsync(id, role, Ct);
        (await RolesAsync(id)).Where(IsOurs).ShouldBe([role]);
        RealmJson.Texts((await TokenAsync(seed))["realm_access"]!["roles"]).ShouldBe([role]);
    }

    [Fact]
    public async Task Roles_of_groups_and_the_parts_of_roles_count()
    {
        var (id, seed) = await AddAsync("/moderators");
        (await RolesAsync(id)).ShouldBe(["companion-moderator", $"default-roles-{Keycloak.Realm}", "offline_access", "uma_authorization"], ignoreOrder: true);
        RealmJson.Texts((await TokenAsync(seed))["realm_access"]!["roles"]).ShouldBe(["companion-moderator"]);
    }

    [Fact]
    public async Task A_role_is_given_by_its_id_and_its_name_together()
    {
        var (id, _) = await AddAsync();
        using var admin = new CompanionCaller(Keycloak) { Token = (string)(await Keycloak.AdminTokenAsync(Ct))["access_token"]! };
        var role = await Keycloak.Admin.GetAsync("roles/companion-admin", Ct);
        ((string?)role["name"], (bool)role["composite"]!, (bool)role["clientRole"]!).ShouldBe(("companion-admin", false, false));
        foreach (var (body, status) in ((JsonNode, HttpStatusCode)[])
            [
                (new JsonArray(new JsonObject { ["name"] = "companion-admin" }), HttpStatusCode.NotFound),
                (new JsonArray(new JsonObject { ["name"] = "none", ["id"] = (string?)role["id"] }), HttpStatusCode.NotFound),
                (new JsonArray(), HttpStatusCode.NoContent),
            ])
        {
            (await admin.AdminAsync("POST", $"{Keycloak.Realm}/users/{id}/role-mappings/realm", body.ToJsonString(), Ct)).Status.ShouldBe(status);
        }

        (await RolesAsync(id)).Where(IsOurs).ShouldBeEmpty();
        (await admin.AdminAsync("GET", $"{Keycloak.Realm}/roles/none", null, Ct)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("GET", "users/{id}/role-mappings/realm/composite", 200)]
    [InlineData("GET", "users/none/role-mappings/realm/composite", 404)]
    [InlineData("POST", "users/{id}/role-mappings/realm", 403, "[]")]
    [InlineData("GET", "roles/companion-admin", 403)]
    [InlineData("GET", "roles/none", 403)]
    public async Task The_companions_account_reads_roles_and_gives_none(string method, string path, int status, string? body = null)
    {
        var (id, _) = await AddAsync();
        using var companion = new CompanionCaller(Keycloak);
        var answer = await companion.AdminAsync(method, $"{Keycloak.Realm}/{path.Replace("{id}", id, StringComparison.Ordinal)}", body, Ct);
        ((int)answer.Status).ShouldBe(status, answer.Text);
    }

    private static bool IsOurs(string role) => role.StartsWith("companion-", StringComparison.Ordinal);

    private async Task<(string Id, AccountSeed Seed)> AddAsync(params string[] groups)
    {
        var seed = AccountSeed.New() with { FirstName = "Anna", LastName = "Ahlers", Password = Password, Groups = groups };
        return (await Keycloak.AddAccountAsync(seed, Ct), seed);
    }

    private async Task<IReadOnlyList<string>> RolesAsync(string id)
    {
        using var companion = new CompanionCaller(Keycloak);
        var answer = await companion.AdminAsync("GET", $"{Keycloak.Realm}/users/{id}/role-mappings/realm/composite", null, Ct);
        return [.. answer.Json.AsArray().Select(role => (string)role!["name"]!)];
    }

    private async Task<JsonNode> TokenAsync(AccountSeed seed)
    {
        var visitor = Visitor();
        var keys = (await visitor.SendAsync(new HttpRequestMessage(HttpMethod.Get, visitor.Endpoint("certs")))).Json["keys"]!;
        return PublishedKeys.Read((string)(await visitor.TokensAsync(seed.Username, Password))["access_token"]!, keys);
    }
}

public sealed class StandInRealmRoleTests(StandInKeycloak keycloak) : RealmRoleContract(keycloak), IClassFixture<StandInKeycloak>;

[Collection(nameof(RealKeycloak))]
public sealed class RealRealmRoleTests(RealKeycloak keycloak) : RealmRoleContract(keycloak);
