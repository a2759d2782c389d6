using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace StandIns.IdentityProvider;

/// <summary>Organizations, their members and their role groups in the Admin API.</summary>
internal static class AdminOrganizations
{
    private const string View = "view-organizations";

    private const string Manage = "manage-organizations";

    private const string ViewPeople = "view-users";

    private const string Nothing = "HTTP 404 Not Found";

    private const int MostMembers = 10;

    public static void Map(Routes routes)
    {
        routes.Admin("GET", "/organizations", call =>
        {
            call.Demand(View);
            return Show(OrganizationSearch.Find(call), call);
        });
        routes.Admin("GET", "/organizations/{organization}", call => Results.Json(OrganizationJson.Show(Seen(call), isBrief: false)));
        routes.Admin("POST", "/organizations", call =>
        {
            call.Demand(Manage);
            var organization = OrganizationJson.Create(call);
            call.Realm.Organizations.Add(organization);
            return call.Created($"organizations/{organization.Id}");
        });
        routes.Admin("PUT", "/organizations/{organization}", call =>
        {
            OrganizationJson.Update(call, Managed(call));
            return Results.NoContent();
        });
        MapMembers(routes);
        MapGroups(routes);
    }

    private static void MapMembers(Routes routes)
    {
        routes.Admin("GET", "/organizations/members/{user}/organizations", call =>
        {
            call.Demand(View);
            call.Demand(ViewPeople);
            var account = call.Person(words: Nothing);
            return Show(
                call.Realm.Organizations.Where(organization => organization.Members.Contains(account.Id)).OrderBy(organization => organization.Name, StringComparer.Ordinal),
                call);
        });
        routes.Admin("GET", "/organizations/{organization}/members", call =>
        {
            var organization = Seen(call);
            call.Demand(ViewPeople);
            var members = organization.Members.Select(id => call.Realm.Accounts.Find(id)!).OrderBy(account => account.Username, StringComparer.Ordinal);
            return Results.Json(Json.Array(call.Page(members, MostMembers).Select(account => Show(account, call.Realm))));
        });
        routes.Admin("POST", "/organizations/{organization}/members", call =>
        {
            var organization = Managed(call);
            var account = call.Realm.Accounts.Find(Json.Text(call.AnyBody) ?? "") ?? throw RefusedException.Admin(404, Nothing);
            return organization.Join(account.Id, role: null)
                ? call.Created($"organizations/{organization.Id}/members/{account.Id}")
                : throw RefusedException.Unacceptable(409, "User is already a member of the organization.");
        });
        routes.Admin("DELETE", "/organizations/{organization}/members/{user}", call =>
            Managed(call).Leave(call.Call.Route("user")) ? Results.NoContent() : throw RefusedException.Admin(404, Nothing));
        routes.Admin("GET", "/organizations/{organization}/members/{user}/groups", call =>
        {
            var (organization, user) = (Seen(call), call.Call.Route("user"));
            call.Demand(ViewPeople);
            return organization.Members.Contains(user)
                ? Show(organization, organization.Groups.Where(group => group.Members.Contains(user)))
                : throw RefusedException.Admin(404, Nothing);
        });
    }

    private static void MapGroups(Routes routes)
    {
        routes.Admin("GET", "/organizations/{organization}/groups", call =>
        {
            var organization = Seen(call);
            return Show(organization, organization.Groups);
        });
        routes.Admin("POST", "/organizations/{organization}/groups", call =>
        {
            var organization = Managed(call);
            var name = Json.Text(call.Body["name"]);
            if (string.IsNullOrWhiteSpace(name))
            {
                throw RefusedException.Unacceptable(400, "Group name is missing");
            }

            if (organization.Groups.Exists(group => group.Name == name))
            {
                throw RefusedException.Unacceptable(409, "Group with the given name already exists.");
            }

            var group = new RoleGroup(name);
            organization.Groups.Add(group);
            return call.Created($"organizations/{organization.Id}/groups/{group.Id}", OrganizationJson.Show(organization, group));
        });
        routes.Admin("PUT", "/organizations/{organization}/groups/{group}/members/{user}", call =>
        {
            var organization = Seen(call);
            var group = GroupOf(call, organization);
            call.Demand(Manage);
            var account = call.Realm.Accounts.Find(call.Call.Route("user")) ?? throw RefusedException.Unacceptable(404, "User does not exist");
            return !organization.Members.Contains(account.Id) ? throw RefusedException.Unacceptable(400, "User is not member of the organization")
                : group.Members.Add(account.Id) ? Results.NoContent()
                : throw RefusedException.Unacceptable(409, "User is already a member of the group");
        });
    }

    private static Organization Seen(AdminCall call)
    {
        call.Demand(View);
        return call.Organization();
    }

    private static Organization Managed(AdminCall call)
    {
        var organization = Seen(call);
        call.Demand(Manage);
        return organization;
    }

    private static RoleGroup GroupOf(AdminCall call, Organization organization)
    {
        var id = call.Call.Route("group");
        var isElsewhere = call.Realm.Groups.Exists(group => group.Id == id)
            || call.Realm.Organizations.Exists(other => other != organization && other.Groups.Exists(group => group.Id == id));
        return organization.Groups.Find(group => group.Id == id) ?? throw (isElsewhere
            ? RefusedException.Unacceptable(400, "Group does not belong to the organization")
            : RefusedException.Unacceptable(404, "Group does not exist"));
    }

    private static IResult Show(IEnumerable<Organization> organizations, AdminCall call)
    {
        var isBrief = call.Call.Query("briefRepresentation") != "false";
        return Results.Json(Json.Array(organizations.Select(organization => OrganizationJson.Show(organization, isBrief))));
    }

    private static IResult Show(Organization organization, IEnumerable<RoleGroup> groups) =>
        Results.Json(Json.Array(groups.OrderBy(group => group.Name, StringComparer.Ordinal).Select(group => OrganizationJson.Show(organization, group))));

    private static JsonObject Show(Account account, Realm realm)
    {
        var json = AccountJson.Show(account, realm.Profile, isBrief: true);
        json["membershipType"] = "UNMANAGED";
        return json;
    }
}
