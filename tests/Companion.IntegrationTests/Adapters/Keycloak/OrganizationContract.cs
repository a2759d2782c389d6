using System.Net;
using System.Text.Json.Nodes;
using Companion.Adapters.Keycloak.Realm;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>Organizations at the Admin API: finding and changing them, their members and their groups.</summary>
public abstract class OrganizationContract(KeycloakUnderTest keycloak) : KeycloakContract(keycloak)
{
    /// <summary>In the names of this test's organizations and in no others.</summary>
    private readonly string _word = $"w{Guid.NewGuid():N}";

    [Fact]
    public async Task Organizations_are_found_by_parts_of_name_and_domain_in_any_case_or_exactly()
    {
        await CreateAsync("b", domain: true);
        await CreateAsync("a");
        (await FindAsync($"search={_word}")).ShouldBe(["a", "b"]);
        (await FindAsync($"search={_word.ToUpperInvariant()}-B")).ShouldBe(["b"]);
        (await FindAsync($"search=b-{_word}.example")).ShouldBe(["b"]);
        (await FindAsync($"search={_word}-a&exact=true")).ShouldBe(["a"]);
        (await FindAsync($"search=b-{_word}.example&exact=true")).ShouldBe(["b"]);
        (await FindAsync($"search={_word}&exact=true")).ShouldBeEmpty();
        (await FindAsync($"search={_word}-A&exact=true")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_list_has_ten_organizations_in_the_order_of_their_names_unless_asked_otherwise()
    {
        foreach (var name in "lkjihgfedcba")
        {
            await CreateAsync($"{name}");
        }

        (await FindAsync($"search={_word}")).ShouldBe(["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]);
        (await FindAsync($"search={_word}&first=10")).ShouldBe(["k", "l"]);
        (await FindAsync($"search={_word}&first=2&max=3")).ShouldBe(["c", "d", "e"]);
        (await FindAsync($"search={_word}&max=0")).ShouldBeEmpty();
        (await FindAsync($"search={_word}&max=-1")).Count.ShouldBe(12);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("two words")]
    [InlineData("a:b")]
    [InlineData("say \"hi\" to all")]
    [InlineData("back\\slash")]
    [InlineData("ümlaut & more=1")]
    public async Task An_organization_is_found_by_each_value_of_an_attribute_written_in_quotes(string value)
    {
        await CreateAsync("a", value, $"{_word} other");
        await CreateAsync("b", $"{value} and more");
        var query = $"marker:{_word} content_owner:{Quoted(value)}";
        (await FindAsync($"q={Uri.EscapeDataString(query)}")).ShouldBe(["a"]);
        (await FindAsync($"q={Uri.EscapeDataString($"content_owner:{Quoted($"{_word} other")}")}")).ShouldBe(["a"]);
        (await FindAsync($"q={Uri.EscapeDataString($"marker:{_word} content_owner:{Quoted($"{value} AND more")}")}")).ShouldBeEmpty();
        (await FindAsync($"q=marker:{_word}")).ShouldBe(["a", "b"]);
        (await FindAsync($"q=alias:{_word}-b")).ShouldBe(["b"]);
        (await FindAsync($"q=alias:{_word.ToUpperInvariant()}-b")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("content_owner:two words")]
    [InlineData("content_owner:\"say \"hi\"\"")]
    [InlineData("content_owner:\"back\\\\slash\"")]
    [InlineData("content_owner:\"ends\\\"")]
    public async Task What_is_not_quoted_well_or_has_two_backslashes_is_not_found(string query)
    {
        await CreateAsync("a", "two words", "say \"hi\"", "back\\\\slash", "ends\\");
        (await FindAsync($"q={Uri.EscapeDataString($"marker:{_word} {query}")}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Attributes_are_shown_only_where_they_are_asked_for()
    {
        var id = await CreateAsync("a", "x", "y");
        var account = await Keycloak.AddAccountAsync(AccountSeed.New(), Ct);
        await Keycloak.Seed.AddToOrganizationAsync(id, account, Ct);
        foreach (var list in (string[])[$"organizations?search={_word}", $"organizations/members/{account}/organizations"])
        {
            var more = list.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            (await GetAsync(list)).AsArray().Single()!.AsObject().ContainsKey("attributes").ShouldBeFalse();
            var full = (await GetAsync($"{list}{more}briefRepresentation=false")).AsArray().Single()!;
            RealmJson.Texts(full["attributes"]!["content_owner"]).ShouldBe(["x", "y"]);
        }

        RealmJson.Texts((await GetAsync($"organizations/{id}"))["attributes"]!["content_owner"]).ShouldBe(["x", "y"]);
    }

    [Fact]
    public async Task A_changed_organization_keeps_attributes_that_are_not_named_and_loses_domains()
    {
        var id = await CreateAsync("a", "x");
        var name = $"{_word}-a";
        (await ChangeAsync(id, $$"""{"name":"{{name}}","alias":"{{name}}","enabled":false,"description":"d","domains":[{"name":"{{name}}.example" } ] }""")).ShouldBe((204, null));
        var changed = await GetAsync($"organizations/{id}");
        ((bool)changed["enabled"]!, (string?)changed["description"], (string?)changed["domains"]![0]!["name"]).ShouldBe((false, "d", $"{name}.example"));
        RealmJson.Texts(changed["attributes"]!["content_owner"]).ShouldBe(["x"]);
        (await ChangeAsync(id, $$"""{"name":"{{name}}2","alias":"{{name}}","attributes":{"other":["z"] } }""")).ShouldBe((204, null));
        var again = await GetAsync($"organizations/{id}");
        ((bool)again["enabled"]!, (string?)again["name"], again["domains"], again["description"]).ShouldBe((true, $"{name}2", null, null));
        again["attributes"]!.ToJsonString().ShouldBe("""{"other":["z"]}""");
    }

    [Fact]
    public async Task An_organization_that_can_not_be_is_neither_made_nor_changed()
    {
        var id = await CreateAsync("a");
        await CreateAsync("b");
        foreach (var (body, status, message) in ((string, int, string?)[])
            [
                ("""{"name":"{w}-b","alias":"{w}-a"}""", 409, "A organization with the same name already exists."),
                ("""{"alias":"{w}-a"}""", 409, "A organization with the same name already exists."),
                ("""{"name":"{w}-a","alias":"{w}-c"}""", 400, "Cannot change the alias"),
                ("""{"name":"{w}-c"}""", 400, "Cannot change the alias"),
                ("""{"name":"{w}-a","alias":"{w}-a","nonsense":1}""", 400, null),
            ])
        {
            (await ChangeAsync(id, body.Replace("{w}", _word, StringComparison.Ordinal))).ShouldBe((status, message));
        }

        foreach (var (body, status) in ((string, int)[])
            [
                ("""{"name":"{w}-a","alias":"{w}-c"}""", 409), ("""{"name":"{w}-c","alias":"{w}-a"}""", 409), ("""{"name":"two words"}""", 400),
                ("""{"name":"two words","alias":"two words"}""", 400), ("""{"name":""}""", 400), ("""{}""", 400), ("""{"name":"{w}-c","nonsense":1}""", 400),
            ])
        {
            using var admin = await AdminAsync();
            ((int)(await admin.AdminAsync("POST", $"{Keycloak.Realm}/organizations", body.Replace("{w}", _word, StringComparison.Ordinal), Ct)).Status).ShouldBe(status, body);
        }

        (await FindAsync($"search={_word}")).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task Members_are_listed_ten_at_a_time_in_the_order_of_their_names()
    {
        var id = await CreateAsync("a");
        for (var number = 11; number >= 0; number--)
        {
            await Keycloak.Seed.AddToOrganizationAsync(id, await Keycloak.AddAccountAsync(AccountSeed.New($"{(char)('a' + number)}"), Ct), Ct);
        }

        async Task<string> Names(string query) => string.Concat((await GetAsync($"organizations/{id}/members{query}")).AsArray().Select(member => ((string)member!["username"]!)[0]));
        (await Names("")).ShouldBe("abcdefghij");
        (await Names("?first=10")).ShouldBe("kl");
        (await Names("?max=100")).ShouldBe("abcdefghijkl");
        ((string?)(await GetAsync($"organizations/{id}/members"))[0]!["membershipType"]).ShouldBe("UNMANAGED");
    }

    [Fact]
    public async Task A_member_is_put_into_groups_of_the_organization_and_leaves_them_with_it()
    {
        var (id, other) = (await CreateAsync("a"), await CreateAsync("b"));
        var account = await Keycloak.AddAccountAsync(AccountSeed.New(), Ct);
        await Keycloak.Seed.AddToOrganizationAsync(id, account, Ct);
        var managers = await Keycloak.Seed.CreateOrganizationGroupAsync(id, "User Managers", Ct);
        var admins = await Keycloak.Seed.CreateOrganizationGroupAsync(id, "Admins", Ct);
        var foreign = await Keycloak.Seed.CreateOrganizationGroupAsync(other, "Admins", Ct);
        var group = (await GetAsync($"organizations/{id}/groups"))[0]!;
        group.AsObject().Select(field => field.Key).ShouldBe(["id", "name", "path", "parentId", "subGroups"], ignoreOrder: true);
        ((string?)group["id"], (string?)group["name"], (string?)group["path"]).ShouldBe((admins, "Admins", "/Admins"));

        await Keycloak.Seed.AddToOrganizationGroupAsync(id, managers, account, Ct);
        await Keycloak.Seed.AddToOrganizationGroupAsync(id, admins, account, Ct);
        (await Keycloak.Seed.OrganizationGroupsOfAsync(id, account, Ct)).ShouldBe(["Admins", "User Managers"]);
        (await Keycloak.Seed.GroupsOfAsync(account, Ct)).ShouldBeEmpty("Groups of organizations are no groups of the realm.");

        var stranger = await Keycloak.AddAccountAsync(AccountSeed.New(), Ct);
        using var admin = await AdminAsync();
        foreach (var (path, status) in ((string, int)[])
            [
                ($"{id}/groups/{managers}/members/{account}", 409), ($"{id}/groups/{managers}/members/{stranger}", 400), ($"{id}/groups/{managers}/members/none", 404),
                ($"{id}/groups/none/members/{account}", 404), ($"{id}/groups/{foreign}/members/{account}", 400), ($"none/groups/{managers}/members/{account}", 404),
            ])
        {
            ((int)(await admin.AdminAsync("PUT", $"{Keycloak.Realm}/organizations/{path}", null, Ct)).Status).ShouldBe(status, path);
        }

        (await admin.AdminAsync("POST", $"{Keycloak.Realm}/organizations/{id}/groups", """{"name":"Admins"}""", Ct)).Status.ShouldBe(HttpStatusCode.Conflict);
        (await admin.AdminAsync("POST", $"{Keycloak.Realm}/organizations/{id}/groups", """{"name":" "}""", Ct)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await admin.AdminAsync("DELETE", $"{Keycloak.Realm}/organizations/{id}/members/{account}", null, Ct)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await Keycloak.Admin.FindAsync($"organizations/{id}/members/{account}/groups", Ct)).ShouldBeNull();
        await Keycloak.Seed.AddToOrganizationAsync(id, account, Ct);
        (await Keycloak.Seed.OrganizationGroupsOfAsync(id, account, Ct)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("GET", "organizations?briefRepresentation=false", 200)]
    [InlineData("GET", "organizations?q=content_owner:x&briefRepresentation=false", 200)]
    [InlineData("GET", "organizations/{org}", 200)]
    [InlineData("GET", "organizations/none", 404)]
    [InlineData("GET", "organizations/{org}/members", 200)]
    [InlineData("GET", "organizations/{org}/groups", 200)]
    [InlineData("GET", "organizations/{org}/members/{id}/groups", 200)]
    [InlineData("GET", "organizations/{org}/members/none/groups", 404)]
    [InlineData("GET", "organizations/members/{id}/organizations?briefRepresentation=false", 200)]
    [InlineData("PUT", "organizations/{org}", 403, """{"name":"somewhere"}""")]
    [InlineData("POST", "organizations/{org}/groups", 403, """{"name":"Admins"}""")]
    [InlineData("POST", "organizations/{org}/members", 403, "\"{id}\"")]
    [InlineData("PUT", "organizations/{org}/groups/{group}/members/{id}", 403)]
    [InlineData("PUT", "organizations/{org}/groups/none/members/{id}", 404)]
    [InlineData("DELETE", "organizations/{org}/members/{id}", 403)]
    public async Task The_companions_account_reads_organizations_and_changes_none(string method, string path, int status, string? body = null)
    {
        var organization = await CreateAsync("a", "x");
        var group = await Keycloak.Seed.CreateOrganizationGroupAsync(organization, "Users", Ct);
        var id = await Keycloak.AddAccountAsync(AccountSeed.New(), Ct);
        await Keycloak.Seed.AddToOrganizationAsync(organization, id, Ct);
        string Filled(string text) => text.Replace("{org}", organization, StringComparison.Ordinal)
            .Replace("{group}", group, StringComparison.Ordinal).Replace("{id}", id, StringComparison.Ordinal);
        using var companion = new CompanionCaller(Keycloak);
        var answer = await companion.AdminAsync(method, $"{Keycloak.Realm}/{Filled(path)}", body is null ? null : Filled(body), Ct);
        ((int)answer.Status).ShouldBe(status, answer.Text);
    }

    /// <summary>How a value is written in <c>q</c>.</summary>
    private static string Quoted(string value) => $"\"{value.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private async Task<string> CreateAsync(string name, params string[] owners) => await CreateAsync(name, domain: false, owners);

    private async Task<string> CreateAsync(string name, bool domain, params string[] owners)
    {
        var organization = new JsonObject
        {
            ["name"] = $"{_word}-{name}",
            ["attributes"] = new JsonObject { ["marker"] = new JsonArray(_word), ["content_owner"] = new JsonArray([.. owners.Select(owner => (JsonNode)owner)]) },
        };
        if (domain)
        {
            organization["domains"] = new JsonArray(new JsonObject { ["name"] = $"{name}-{_word}.example" });
        }

        await Keycloak.Admin.PostAsync("organizations", organization, Ct);
        return (string)(await GetAsync($"organizations?q=alias:{_word}-{name}"))[0]!["id"]!;
    }

    /// <returns>What makes each name different.</returns>
    private async Task<IReadOnlyList<string>> FindAsync(string query) =>
        [.. (await GetAsync($"organizations?{query}")).AsArray().Select(found => ((string)found!["alias"]!).Replace($"{_word}-", "", StringComparison.Ordinal))];

    private async Task<JsonNode> GetAsync(string path) => await Keycloak.Admin.GetAsync(path, Ct);

    private async Task<(int Status, string? Message)> ChangeAsync(string id, string body)
    {
        using var admin = await AdminAsync();
        var answer = await admin.AdminAsync("PUT", $"{Keycloak.Realm}/organizations/{id}", body, Ct);
        return ((int)answer.Status, answer.Text.Length == 0 ? null : (string?)answer.Json["errorMessage"]);
    }

    private async Task<CompanionCaller> AdminAsync() => new(Keycloak) { Token = (string)(await Keycloak.AdminTokenAsync(Ct))["access_token"]! };
}

public sealed class StandInOrganizationTests(StandInKeycloak keycloak) : OrganizationContract(keycloak), IClassFixture<StandInKeycloak>;

[Collection(nameof(RealKeycloak))]
public sealed class RealOrganizationTests(RealKeycloak keycloak) : OrganizationContract(keycloak);
