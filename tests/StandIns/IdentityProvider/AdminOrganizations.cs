using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace StandIns.IdentityProvider;

/// <summary>Organizations and their members in the Admin API.</summary>
internal static class AdminOrganizations
{
    private const string View = "view-organizations";

    private const string Manage = "manage-organizations";

    private const string Nothing = "HTTP 404 Not Found";

    public static void Map(Routes routes)
    {
        routes.Admin("GET", "/organizations", call =>
        {
            call.Demand(View);
            return Results.Json(Json.Array(call.Realm.Organizations.Select(Show)));
        });
        routes.Admin("GET", "/organizations/{organization}", call =>
        {
            call.Demand(View);
            return Results.Json(Show(call.Organization()));
        });
        routes.Admin("POST", "/organizations", call =>
        {
            call.Demand(Manage);
            var organization = Create(call.Realm, call.Body);
            call.Realm.Organizations.Add(organization);
            return call.Created($"organizations/{organization.Id}");
        });
        MapMembers(routes);
    }

    private static void MapMembers(Routes routes)
    {
        routes.Admin("GET", "/organizations/members/{user}/organizations", call =>
        {
            call.Demand(View);
            call.Demand("view-users");
            var account = call.Person(words: Nothing);
            return Results.Json(Json.Array(call.Realm.Organizations.Where(organization => organization.Members.Contains(account.Id)).Select(Show)));
        });
        routes.Admin("GET", "/organizations/{organization}/members", call =>
        {
            call.Demand(View);
            return Results.Json(Json.Array(call.Organization().Members.Select(id =>
                AccountJson.Show(call.Realm.Accounts.Find(id)!, call.Realm.Profile, isBrief: true))));
        });
        routes.Admin("POST", "/organizations/{organization}/members", call =>
        {
            call.Demand(Manage);
            var organization = call.Organization();
            var account = call.Realm.Accounts.Find(Json.Text(call.AnyBody) ?? "") ?? throw RefusedException.Admin(404, Nothing);
            return organization.Members.Add(account.Id)
                ? call.Created($"organizations/{organization.Id}/members/{account.Id}")
                : throw RefusedException.Unacceptable(409, "User is already a member of the organization.");
        });
        routes.Admin("DELETE", "/organizations/{organization}/members/{user}", call =>
        {
            call.Demand(Manage);
            return call.Organization().Members.Remove(call.Call.Route("user")) ? Results.NoContent() : throw RefusedException.Admin(404, Nothing);
        });
    }

    private static Organization Create(Realm realm, JsonObject body)
    {
        var name = Json.Text(body["name"]) ?? throw RefusedException.Unacceptable(400, "Name can not be null");
        var alias = Json.Text(body["alias"]) ?? name;
        if (alias.Contains(' ', StringComparison.Ordinal))
        {
            throw RefusedException.Unacceptable(400, "Name cannot be used as alias: Empty Space not allowed.");
        }

        return realm.Organizations.Exists(organization => organization.Name == name || organization.Alias == alias)
            ? throw RefusedException.Unacceptable(409, "A organization with the same name already exists.")
            : new Organization(name, alias) { Domains = [.. Json.Objects(body["domains"]).Select(domain => Json.Text(domain["name"])).OfType<string>()] };
    }

    private static JsonObject Show(Organization organization) => new()
    {
        ["id"] = organization.Id,
        ["name"] = organization.Name,
        ["alias"] = organization.Alias,
        ["enabled"] = true,
        ["domains"] = Json.Array(organization.Domains.Select(domain => new JsonObject { ["name"] = domain, ["verified"] = false })),
    };
}
