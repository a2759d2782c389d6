using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace StandIns.IdentityProvider;

/// <summary>Realm roles, and who has them, in the Admin API.</summary>
internal static class AdminRoles
{
    private static readonly string[] Managing = ["view-users", "manage-users", "view-realm", "manage-realm", "view-clients", "manage-clients"];

    public static void Map(Routes routes)
    {
        MapClientRoles(routes);
        routes.Admin("GET", "/roles/{role}", call =>
        {
            call.Demand("view-realm");
            var role = call.Realm.Role(call.Call.Route("role")) ?? throw RefusedException.Admin(404, "Could not find role");
            var json = Show(role);
            json["attributes"] = new JsonObject();
            return Results.Json(json);
        });
        routes.Admin("GET", "/users/{user}/role-mappings/realm/composite", call =>
        {
            var account = call.Person();
            call.Demand("view-users");
            return Results.Json(Json.Array(call.Realm.RolesOf(account).Select(Show)));
        });
        routes.Admin("POST", "/users/{user}/role-mappings/realm", call =>
        {
            var account = call.Person();
            call.Demand("manage-users");
            foreach (var wanted in Json.Objects(call.AnyBody))
            {
                var role = call.Realm.Role(Json.Text(wanted["name"]) ?? "");
                account.RealmRoles.Add(role is not null && role.Id == Json.Text(wanted["id"]) ? role.Name : throw RefusedException.Admin(404, "Role not found"));
            }

            return Results.NoContent();
        });
    }

    /// <summary>Roles of a client, as far as accounts are given them by hand: those of the realm's management.</summary>
    private static void MapClientRoles(Routes routes)
    {
        routes.Admin("GET", "/clients/{client}/roles/{role}", call =>
        {
            var name = ClientRole(call, call.Call.Route("role"));
            call.Demand("view-clients");
            return Results.Json(new JsonObject { ["id"] = name, ["name"] = call.Call.Route("role"), ["composite"] = false, ["clientRole"] = true });
        });
        routes.Admin("POST", "/users/{user}/role-mappings/clients/{client}", call =>
        {
            var account = call.Person();
            call.Demand("manage-users");
            account.ClientRoles.UnionWith([.. Json.Objects(call.AnyBody).Select(role => ClientRole(call, Json.Text(role["name"]) ?? ""))]);
            return Results.NoContent();
        });
    }

    private static string ClientRole(AdminCall call, string role) =>
        call.Realm.Clients.Values.Any(client => client.Id == call.Call.Route("client") && client.ClientId == Realm.Management) && Managing.Contains(role)
            ? $"{Realm.Management}/{role}"
            : throw RefusedException.Admin(404, "Could not find role");

    private static JsonObject Show(Role role)
    {
        var json = new JsonObject { ["id"] = role.Id, ["name"] = role.Name };
        if (role.Description is { } description)
        {
            json["description"] = description;
        }

        json["composite"] = role.Parts.Count > 0;
        json["clientRole"] = false;
        return json;
    }
}
