using System.Net.Mime;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace StandIns.IdentityProvider;

/// <summary>What the console's pages ask about who is signed in. They can't change anything here.</summary>
internal static class AccountApi
{
    /// <summary>The console's page and this share their address.</summary>
    public static bool IsMeant(Call call) => call.Http.Request.HasJsonContentType() || call.Http.Request.Headers.Accept.Contains(MediaTypeNames.Application.Json);

    public static IResult Answer(Call call)
    {
        var account = BearerToken.Caller(call, call.Realm) ?? throw RefusedException.Admin(401, "HTTP 401 Unauthorized");
        JsonNode answer = call.Route("path") switch
        {
            "" => AccountJson.ShowOwn(account, call.Realm.Profile),
            "supportedLocales" => Json.Array(call.Realm.Languages),
            "groups" => Json.Array(account.Groups.Select(group => new JsonObject { ["id"] = group.Id, ["name"] = group.Name, ["path"] = group.Path })),
            "organizations" => Json.Array(call.Realm.Organizations
                .Where(organization => organization.Members.Contains(account.Id))
                .Select(organization => OrganizationJson.Show(organization, isBrief: true))),
            "sessions/devices" => new JsonArray(Device(call, account)),
            "applications" or "credentials" or "linked-accounts" => new JsonArray(),
            _ => throw RefusedException.Admin(404, "HTTP 404 Not Found"),
        };
        return Results.Json(answer);
    }

    /// <summary>All that is known of where somebody is signed in.</summary>
    private static JsonObject Device(Call call, Account account)
    {
        var (now, expires) = (call.Now.ToUnixTimeSeconds(), call.Now.AddSeconds(Sessions.RefreshSeconds).ToUnixTimeSeconds());
        var session = call.Realm.Sessions.Of(account).Select(session => new JsonObject
        {
            ["id"] = session.Id,
            ["ipAddress"] = "127.0.0.1",
            ["started"] = session.Since.ToUnixTimeSeconds(),
            ["lastAccess"] = now,
            ["expires"] = expires,
            ["clients"] = Json.Array(session.Clients.Select(client => new JsonObject { ["clientId"] = client })),
            ["browser"] = "Other/Unknown",
            ["current"] = session.Id == BearerToken.SessionId(call, call.Realm),
        });
        return new JsonObject
        {
            ["os"] = "Other",
            ["osVersion"] = "Unknown",
            ["device"] = "Other",
            ["lastAccess"] = now,
            ["current"] = true,
            ["sessions"] = Json.Array(session),
            ["mobile"] = false,
        };
    }
}
