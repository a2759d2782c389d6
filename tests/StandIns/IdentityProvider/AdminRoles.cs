using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace StandIns.IdentityProvider;

/// <summary>Realm roles, and who has them, in the Admin API.</summary>
internal static class AdminRoles
{
    public static void Map(Routes routes)
    {
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
