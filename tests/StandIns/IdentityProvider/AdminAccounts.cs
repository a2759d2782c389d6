using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace StandIns.IdentityProvider;

/// <summary>Accounts in the Admin API.</summary>
internal static class AdminAccounts
{
    private const string View = "view-users";

    private const string Manage = "manage-users";

    public static void Map(Routes routes)
    {
        routes.Admin("GET", "/users", call =>
        {
            call.Demand(View);
            var isBrief = call.Call.Query("briefRepresentation") == "true";
            return Results.Json(Json.Array(AccountSearch.Find(call).Select(account => AccountJson.Show(account, call.Realm.Profile, isBrief))));
        });
        routes.Admin("GET", "/users/count", call =>
        {
            call.Demand(View);
            return Results.Json(call.Realm.Accounts.People.Count());
        });
        routes.Admin("GET", "/users/{user}", call =>
        {
            call.Demand(View);
            return Results.Json(AccountJson.Show(call.Person(), call.Realm.Profile, isBrief: false));
        });
        routes.Admin("POST", "/users", call =>
        {
            call.Demand(Manage);
            var account = AccountJson.Create(call);
            call.Realm.Accounts.Add(account);
            return call.Created($"users/{account.Id}");
        });
        routes.Admin("POST", "/partialImport", call =>
        {
            call.Demand("manage-realm");
            var accounts = Json.Objects(call.Body["users"]).Select(user => AccountJson.Import(call, user)).ToList();
            accounts.ForEach(call.Realm.Accounts.Add);
            return Results.Json(new JsonObject { ["added"] = accounts.Count, ["results"] = Json.Array(accounts.Select(Imported)) });
        });
        MapChanges(routes);
        MapGroups(routes);
        MapProfile(routes);
    }

    private static JsonObject Imported(Account account) => new()
    {
        ["action"] = "ADDED",
        ["resourceType"] = "USER",
        ["resourceName"] = account.Username,
        ["id"] = account.Id,
    };

    private static void MapProfile(Routes routes)
    {
        routes.Admin("GET", "/users/profile", call =>
        {
            call.Demand(View);
            return Results.Json(call.Realm.Profile.Declared);
        });
        routes.Admin("PUT", "/users/profile", call =>
        {
            call.Demand("manage-realm");
            call.Realm.Profile = new UserProfile(call.Body);
            return Results.Json(call.Realm.Profile.Declared);
        });
    }

    private static void MapChanges(Routes routes)
    {
        routes.Admin("PUT", "/users/{user}", call =>
        {
            var account = call.Person();
            call.Demand(Manage);
            var before = AccountState.Of(account);
            AccountJson.Update(call, account);
            InviteEvents.Updated(call, account, before);
            return Results.NoContent();
        });
        routes.Admin("DELETE", "/users/{user}", call =>
        {
            var account = call.Person();
            call.Demand(Manage);
            InviteEvents.Deleted(call, account);
            call.Realm.Accounts.Remove(account);
            call.Realm.Organizations.ForEach(organization => organization.Leave(account.Id));
            return Results.NoContent();
        });
        routes.Admin("PUT", "/users/{user}/reset-password", call =>
        {
            var account = call.Person();
            call.Demand(Manage);
            var password = Json.Text(call.Body["value"]) ?? "";
            account.Password = call.Realm.Passwords.Check(password, account.Username, account.Email) is { } weak
                ? throw RefusedException.OAuth(400, weak.Key, "Invalid password")
                : password;
            return Results.NoContent();
        });
    }

    private static void MapGroups(Routes routes)
    {
        routes.Admin("GET", "/users/{user}/groups", call =>
        {
            var account = call.Person();
            call.Demand(View);
            return Results.Json(Json.Array(account.Groups.Select(AdminApi.Show)));
        });
        routes.Admin("PUT", "/users/{user}/groups/{group}", call =>
        {
            var (account, group) = AccountAndGroup(call);
            if (!account.Groups.Contains(group))
            {
                account.Groups.Add(group);
                InviteEvents.AddedToGroup(call, account, group);
            }

            return Results.NoContent();
        });
        routes.Admin("DELETE", "/users/{user}/groups/{group}", call =>
        {
            var (account, group) = AccountAndGroup(call);
            account.Groups.Remove(group);
            return Results.NoContent();
        });
    }

    private static (Account Account, Group Group) AccountAndGroup(AdminCall call)
    {
        var account = call.Person();
        call.Demand(Manage);
        var group = call.Realm.Groups.Find(group => group.Id == call.Call.Route("group")) ?? throw RefusedException.Admin(404, "Group not found");
        return (account, group);
    }
}
