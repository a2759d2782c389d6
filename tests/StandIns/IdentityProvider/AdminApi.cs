using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace StandIns.IdentityProvider;

/// <summary>The part of the Admin API that the companion and those who prepare a community use.</summary>
internal static class AdminApi
{
    public static void Map(Routes routes)
    {
        AdminAccounts.Map(routes);
        AdminOrganizations.Map(routes);
        AdminRoles.Map(routes);
        MapGroups(routes);
        MapClients(routes);
    }

    public static void Admin(this Routes routes, string method, string pattern, Func<AdminCall, IResult> handle) =>
        routes.MapAdmin(method, pattern, async call =>
        {
            var administrator = Administrator(call);
            var mayHaveBody = call.Http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;
            var body = mayHaveBody ? await call.ReadJsonAsync() : null;
            lock (call.Realm.Lock)
            {
                var caller = administrator ?? BearerToken.Caller(call, call.Realm) ?? throw RefusedException.Admin(401, "HTTP 401 Unauthorized");
                return handle(new AdminCall(call, caller, administrator is not null, body));
            }
        });

    /// <returns>Of the master realm; null for anybody else.</returns>
    private static Account? Administrator(Call call)
    {
        var master = call.Provider.Master;
        lock (master.Lock)
        {
            return BearerToken.Caller(call, master);
        }
    }

    private static void MapGroups(Routes routes)
    {
        routes.Admin("GET", "/groups", call =>
        {
            call.Demand("query-groups");
            return Results.Json(Json.Array(call.Realm.Groups.Select(Show)));
        });
        routes.Admin("GET", "/group-by-path/{**path}", call =>
        {
            call.Demand("view-users");
            return call.Realm.Groups.Find(group => group.Path == $"/{call.Call.Route("path")}") is { } found
                ? Results.Json(Show(found))
                : throw RefusedException.Admin(404, "Group path does not exist");
        });
        routes.Admin("GET", "/groups/{group}/children", call =>
        {
            var group = Named(call);
            return Results.Json(Json.Array(call.Page(call.Realm.Groups.Where(other => other.Path == $"{group.Path}/{other.Name}"), 10).Select(Show)));
        });
        routes.Admin("GET", "/groups/{group}/members", call =>
        {
            var group = Named(call);
            var members = call.Realm.Accounts.People.Where(account => account.Groups.Contains(group)).OrderBy(account => account.Username, StringComparer.Ordinal);
            return Results.Json(Json.Array(call.Page(members, 100).Select(account => AccountJson.Show(account, call.Realm.Profile, isBrief: true))));
        });
    }

    private static Group Named(AdminCall call)
    {
        call.Demand("view-users");
        return call.Realm.Groups.Find(group => group.Id == call.Call.Route("group")) ?? throw RefusedException.Admin(404, "Could not find group by id");
    }

    private static void MapClients(Routes routes)
    {
        routes.Admin("GET", "/clients", call =>
        {
            call.Demand("view-clients");
            var clients = call.Realm.Clients.Values.Where(client => client.ClientId == call.Call.Query("clientId"));
            return Results.Json(Json.Array(clients.Select(client => new JsonObject { ["id"] = client.Id, ["clientId"] = client.ClientId })));
        });
        routes.Admin("POST", "/clients", call =>
        {
            call.Demand("manage-clients");
            var client = Client.Read(call.Body);
            return call.Realm.Clients.TryAdd(client.ClientId, client)
                ? call.Created($"clients/{client.Id}")
                : throw RefusedException.Unacceptable(409, $"Client {client.ClientId} already exists");
        });
    }

    public static JsonObject Show(Group group) =>
        new() { ["id"] = group.Id, ["name"] = group.Name, ["path"] = group.Path, ["subGroups"] = new JsonArray() };
}
