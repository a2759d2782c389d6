using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace StandIns.Homeserver;

/// <summary>The part of Synapse's admin API that the companion and its tests use, with Synapse's traps.</summary>
internal static partial class AdminApi
{
    private const string Root = "/_synapse/admin";

    public static void Map(HomeserverRoutes routes)
    {
        MapAccounts(routes);
        MapFlags(routes);
        routes.MapAdmin("POST", $"{Root}/v1/join/{{room}}", call =>
        {
            var person = call.Target.EndsWith($":{call.World.ServerName}", StringComparison.Ordinal)
                ? call.World.Local(call.Target)
                : throw new HomeserverException(400, "M_UNKNOWN", "This endpoint can only be used with local users");
            call.World.AdminJoin(call.World.Room(call["room"], 404, "M_UNKNOWN"), call.Me, person);
            return new JsonObject { ["room_id"] = call["room"] };
        });
        routes.MapAdmin("POST", $"{Root}/v1/rooms/{{room}}/make_room_admin", call =>
        {
            call.World.MakeAdmin(call["room"], call.Body["user_id"]?.GetValue<string>() ?? call.Me);
            return [];
        });
        routes.MapAdmin("GET", $"{Root}/v1/rooms/{{room}}/state", call => new JsonObject
        {
            ["state"] = new JsonArray([.. call.World.Room(call["room"]).State
                .Where(s => call.Query("type") is not { } type || s.Type == type)
                .Select(HomeserverRoutes.EventOf)]),
        });
    }

    private static void MapAccounts(HomeserverRoutes routes)
    {
        routes.MapAdmin("GET", $"{Root}/v2/users/{{user}}", call => Show(call.World.Local(call["user"])));
        routes.MapAdmin("PUT", $"{Root}/v2/users/{{user}}", Put);
        routes.MapAdmin("GET", $"{Root}/v1/auth_providers/{{provider}}/users/{{id}}", call =>
            call.World.People.Values.FirstOrDefault(p => p.ExternalIds.Contains((call["provider"], call["id"]))) is { } person
                ? new JsonObject { ["user_id"] = person.Id }
                : throw HomeserverException.NotFound("User not found"));
        routes.MapAdmin("GET", $"{Root}/v1/username_available", call =>
        {
            var name = call.Query("username") ?? throw new HomeserverException(400, "M_MISSING_PARAM", "Missing string query parameter 'username'");
            RefuseName(name);
            return call.World.People.ContainsKey($"@{name}:{call.World.ServerName}")
                ? throw new HomeserverException(400, "M_USER_IN_USE", "User ID already taken.")
                : new JsonObject { ["available"] = true };
        });
        routes.MapAdmin("GET", $"{Root}/v1/users/{{user}}/memberships", call => new JsonObject
        {
            ["memberships"] = new JsonObject(call.World.Rooms.Values
                .Where(r => r.Membership(call["user"]) is not null)
                .Select(r => KeyValuePair.Create(r.Id, (JsonNode?)r.Membership(call["user"])))),
        });
    }

    private static void MapFlags(HomeserverRoutes routes)
    {
        routes.MapAdmin("POST", $"{Root}/v1/deactivate/{{user}}", call =>
        {
            call.World.Deactivate(call.World.Local(call["user"]));
            return new JsonObject { ["id_server_unbind_result"] = "success" };
        });
        routes.MapAdmin("PUT", $"{Root}/v1/suspend/{{user}}", call =>
        {
            call.World.Local(call["user"]).Suspended = call.Body["suspend"]!.GetValue<bool>();
            return [];
        });
        routes.MapAdmin("POST", $"{Root}/v1/users/{{user}}/shadow_ban", call =>
        {
            call.World.Local(call["user"]).ShadowBanned = true;
            return [];
        });
        routes.MapAdmin("GET", $"{Root}/v1/users/{{user}}/override_ratelimit", call => Limit(call.World.Local(call["user"])));
        routes.MapAdmin("POST", $"{Root}/v1/users/{{user}}/override_ratelimit", call =>
        {
            var person = call.World.Local(call["user"]);
            person.RateLimit = (call.Body["messages_per_second"]!.GetValue<int>(), call.Body["burst_count"]!.GetValue<int>());
            return Limit(person);
        });
    }

    private static JsonObject Put(HomeserverCall call)
    {
        var id = call["user"];
        RefuseName(id[1..id.IndexOf(':', StringComparison.Ordinal)]);
        var isNew = !call.World.People.TryGetValue(id, out var person);
        person ??= call.World.People[id] = new ChatPerson(id);
        call.Status = isNew ? 201 : 200;
        person.DisplayName = call.Body["displayname"]?.GetValue<string>() ?? person.DisplayName;
        person.AvatarUrl = call.Body["avatar_url"]?.GetValue<string>() ?? person.AvatarUrl;
        if (call.Body["deactivated"]?.GetValue<bool>() == true)
        {
            call.World.Deactivate(person);
        }

        person.Locked = call.Body["locked"]?.GetValue<bool>() ?? person.Locked;
        if (call.Body["external_ids"] is JsonArray links)
        {
            var wanted = links.Select(l => (l!["auth_provider"]!.GetValue<string>(), l["external_id"]!.GetValue<string>())).ToList();
            if (call.World.People.Values.Any(other => other != person && other.ExternalIds.Intersect(wanted).Any()))
            {
                // As Synapse does: the account was made before the link is refused.
                throw new HomeserverException(409, "M_UNKNOWN", "External id is already in use.");
            }

            person.ExternalIds.Clear();
            person.ExternalIds.AddRange(wanted);
        }

        return Show(person);
    }

    private static void RefuseName(string name)
    {
        if (!Allowed().IsMatch(name) || name.StartsWith('_') || name.All(char.IsAsciiDigit))
        {
            throw new HomeserverException(400, "M_INVALID_USERNAME", "User ID can only contain characters a-z, 0-9, or '=_-./+'");
        }
    }

    private static JsonObject Limit(ChatPerson person) => person.RateLimit is { } limit
        ? new JsonObject { ["messages_per_second"] = limit.PerSecond, ["burst_count"] = limit.Burst }
        : [];

    private static JsonObject Show(ChatPerson person) => new()
    {
        ["name"] = person.Id,
        ["displayname"] = person.DisplayName,
        ["avatar_url"] = person.AvatarUrl,
        ["admin"] = person.IsAdmin,
        ["deactivated"] = person.Deactivated,
        ["locked"] = person.Locked,
        ["suspended"] = person.Suspended,
        ["shadow_banned"] = person.ShadowBanned,
        ["creation_ts"] = person.CreatedAt,
        ["external_ids"] = new JsonArray([.. person.ExternalIds.Select(l => new JsonObject
        {
            ["auth_provider"] = l.Provider, ["external_id"] = l.Id,
        })]),
    };

    [GeneratedRegex("^[a-z0-9=_./+-]{1,255}$", RegexOptions.CultureInvariant)]
    private static partial Regex Allowed();
}
