using System.Net;
using System.Text.Json.Nodes;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>With an organization, a membership names a role group at the top of it, which is made when it is first granted.</summary>
public abstract class RoleGroupContract(KeycloakUnderTest keycloak) : KeycloakContract(keycloak)
{
    private readonly string _alias = $"org-{Guid.NewGuid():N}";

    [Fact]
    public async Task A_role_group_is_made_at_its_first_grant_and_used_ever_after()
    {
        var organization = await Keycloak.Seed.CreateOrganizationAsync(_alias, _alias, Ct);
        var (first, second) = (await AddAccountAsync(), await AddAccountAsync());
        var membership = $$"""{"organization":"{{_alias}}","group":"User Managers"}""";
        (await GrantAsync(first, membership)).ShouldBe($$"""{"granted":[{{membership}}],"already":[]}""");
        var group = (await GroupsAsync(organization)).ShouldHaveSingleItem();
        ((string?)group["name"], (string?)group["path"]).ShouldBe(("User Managers", "/User Managers"));
        (await GrantAsync(first, membership)).ShouldBe($$"""{"granted":[],"already":[{{membership}}]}""");
        (await GrantAsync(second, membership)).ShouldContain("\"already\":[]");
        ((string?)(await GroupsAsync(organization)).ShouldHaveSingleItem()["id"]).ShouldBe((string?)group["id"]);
        foreach (var account in (string[])[first, second])
        {
            (await Keycloak.Seed.OrganizationsOfAsync(account, Ct)).ShouldBe([_alias]);
            (await Keycloak.Seed.OrganizationGroupsOfAsync(organization, account, Ct)).ShouldBe(["User Managers"]);
            (await Keycloak.Seed.GroupsOfAsync(account, Ct)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_group_that_is_there_already_is_the_one_that_is_granted()
    {
        var organization = await Keycloak.Seed.CreateOrganizationAsync(_alias, _alias, Ct);
        var group = await Keycloak.Seed.CreateOrganizationGroupAsync(organization, "Admins", Ct);
        var account = await AddAccountAsync();
        await GrantAsync(account, $$"""{"organization":"{{_alias}}","group":"Admins"}""");
        ((string?)(await GroupsAsync(organization)).ShouldHaveSingleItem()["id"]).ShouldBe(group);
        (await Keycloak.Seed.OrganizationGroupsOfAsync(organization, account, Ct)).ShouldBe(["Admins"]);
    }

    [Fact]
    public async Task A_membership_without_a_group_is_of_the_organization_alone()
    {
        var organization = await Keycloak.Seed.CreateOrganizationAsync(_alias, _alias, Ct);
        var account = await AddAccountAsync();
        await GrantAsync(account, $$"""{"organization":"{{_alias}}","group":null}""");
        (await GroupsAsync(organization)).ShouldBeEmpty();
        (await Keycloak.Seed.OrganizationsOfAsync(account, Ct)).ShouldBe([_alias]);
        var both = $$"""{"organization":"{{_alias}}"},{"organization":"{{_alias}}","group":"Users"}""";
        (await GrantAsync(account, both)).ShouldBe(
            $$"""{"granted":[{"organization":"{{_alias}}","group":"Users"}],"already":[{"organization":"{{_alias}}"}]}""");
    }

    [Theory]
    [InlineData("Owners", HttpStatusCode.Forbidden, "group_not_allowed")]
    [InlineData("users", HttpStatusCode.Forbidden, "group_not_allowed")]
    [InlineData("/members", HttpStatusCode.Forbidden, "group_not_allowed")]
    [InlineData("/Users", HttpStatusCode.Forbidden, "group_not_allowed")]
    [InlineData(" ", HttpStatusCode.BadRequest, "malformed")]
    public async Task Only_names_that_the_realm_lists_are_granted_and_a_refused_grant_leaves_nothing(string name, HttpStatusCode status, string code)
    {
        var organization = await Keycloak.Seed.CreateOrganizationAsync(_alias, _alias, Ct);
        var account = await AddAccountAsync();
        var body = Body($$"""{"organization":"{{_alias}}","group":"Users"},{"organization":"{{_alias}}","group":"{{name}}"}""");
        using var companion = new CompanionCaller(Keycloak);
        var answer = await companion.PutAsync($"memberships/{account}", body, Ct);
        (answer.Status, (string?)answer.Json["code"]).ShouldBe((status, code));
        (await GroupsAsync(organization)).ShouldBeEmpty();
        (await Keycloak.Seed.OrganizationsOfAsync(account, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_organization_that_is_switched_off_takes_nobody()
    {
        var organization = await Keycloak.Seed.CreateOrganizationAsync(_alias, _alias, Ct);
        await Keycloak.Seed.ChangeAsync($"organizations/{organization}", settings => settings["enabled"] = false, Ct);
        using var companion = new CompanionCaller(Keycloak);
        var answer = await companion.PutAsync($"memberships/{await AddAccountAsync()}", Body($$"""{"organization":"{{_alias}}","group":"Users"}"""), Ct);
        (answer.Status, (string?)answer.Json["code"]).ShouldBe((HttpStatusCode.NotFound, "organization_unknown"));
    }

    [Fact]
    public async Task Many_grants_at_once_of_a_group_that_is_not_there_yet_all_succeed_with_one_group()
    {
        var organization = await Keycloak.Seed.CreateOrganizationAsync(_alias, _alias, Ct);
        var accounts = new List<string>();
        for (var number = 0; number < 8; number++)
        {
            accounts.Add(await AddAccountAsync());
        }

        var answers = await Task.WhenAll(accounts.Select(account => GrantAsync(account, $$"""{"organization":"{{_alias}}","group":"Admins"}""")));
        answers.ShouldAllBe(answer => answer.Contains("\"already\":[]", StringComparison.Ordinal));
        (await GroupsAsync(organization)).ShouldHaveSingleItem();
        foreach (var account in accounts)
        {
            (await Keycloak.Seed.OrganizationGroupsOfAsync(organization, account, Ct)).ShouldBe(["Admins"]);
        }
    }

    [Fact]
    public async Task Newcomers_who_register_at_once_are_all_in_the_role_group_of_their_invitation()
    {
        var organization = await Keycloak.Seed.CreateOrganizationAsync(_alias, _alias, Ct);
        var forms = new List<(InvitedPerson Person, RealmVisitor Visitor, Sandbox.Browsing.Page Form)>();
        for (var number = 0; number < 4; number++)
        {
            var (person, visitor) = (Invite("Users"), Visitor());
            forms.Add((person, visitor, await visitor.OpenRegistrationAsync(person)));
        }

        var ends = await Task.WhenAll(forms.Select(form => form.Visitor.RegisterAsync(form.Form, form.Person)));
        ends.ShouldAllBe(end => end.Parameter("code") != null);
        (await GroupsAsync(organization)).ShouldHaveSingleItem();
        foreach (var (person, _, _) in forms)
        {
            var account = (await Keycloak.FindAsync(person.Username, Ct)).ShouldNotBeNull();
            (await Keycloak.Seed.OrganizationGroupsOfAsync(organization, (string)account["id"]!, Ct)).ShouldBe(["Users"]);
        }
    }

    [Fact]
    public async Task A_claim_that_grants_what_is_not_allowed_leaves_no_account()
    {
        var organization = await Keycloak.Seed.CreateOrganizationAsync(_alias, _alias, Ct);
        var (person, visitor) = (Invite("Owners"), Visitor());
        var page = await visitor.RegisterAsync(await visitor.OpenRegistrationAsync(person), person);
        RegistrationContract.ShouldRefuse(page, "companion_unavailable", HttpStatusCode.ServiceUnavailable);
        (await Keycloak.FindAsync(person.Username, Ct)).ShouldBeNull();
        (await GroupsAsync(organization)).ShouldBeEmpty();
        await Peer.HearsAsync(person, "inspect", "claim", "release");
    }

    private InvitedPerson Invite(string group)
    {
        var person = Peer.Invite();
        person.Membership = (_alias, group);
        return person;
    }

    private Task<string> AddAccountAsync() => Keycloak.AddAccountAsync(AccountSeed.New(), Ct);

    private static string Body(string memberships) => $$"""{"inviteId":"x","memberships":[{{memberships}}]}""";

    private async Task<string> GrantAsync(string account, string memberships)
    {
        using var companion = new CompanionCaller(Keycloak);
        var answer = await companion.PutAsync($"memberships/{account}", Body(memberships), Ct);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return answer.Text;
    }

    private async Task<IReadOnlyList<JsonNode>> GroupsAsync(string organization) =>
        [.. (await Keycloak.Admin.GetAsync($"organizations/{organization}/groups", Ct)).AsArray().Select(group => group!)];
}

public sealed class StandInRoleGroupTests(StandInKeycloak keycloak) : RoleGroupContract(keycloak), IClassFixture<StandInKeycloak>;

[Collection(nameof(RealKeycloak))]
public sealed class RealRoleGroupTests(RealKeycloak keycloak) : RoleGroupContract(keycloak);
