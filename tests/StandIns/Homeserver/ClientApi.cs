using System.Text.Json.Nodes;

namespace StandIns.Homeserver;

/// <summary>The part of the client-server API that the companion and its tests use.</summary>
internal static class ClientApi
{
    private const string Root = "/_matrix/client/v3";

    /// <summary>How the homeserver names the one identity provider that people sign in by.</summary>
    private const string SignInProvider = "oidc-keycloak";

    public static void Map(HomeserverRoutes routes)
    {
        routes.Map("GET", $"{Root}/joined_rooms", call => new JsonObject
        {
            ["joined_rooms"] = new JsonArray([.. call.World.Rooms.Values.Where(r => r.Membership(call.Me) == "join").Select(r => JsonValue.Create(r.Id))]),
        });
        routes.Map("GET", $"{Root}/account/whoami", call => new JsonObject { ["user_id"] = call.Me, ["is_guest"] = false });
        routes.Map("GET", $"{Root}/login", _ => new JsonObject
        {
            ["flows"] = new JsonArray(new JsonObject
            {
                ["type"] = "m.login.sso",
                ["identity_providers"] = new JsonArray(new JsonObject { ["id"] = SignInProvider, ["name"] = "Keycloak" }),
            }),
        });
        routes.Map("POST", "/_matrix/media/v3/upload", call => new JsonObject { ["content_uri"] = call.World.NextMedia() });
        routes.Map("POST", $"{Root}/createRoom", call => new JsonObject { ["room_id"] = call.World.Create(call.Me, call.Body).Id });
        routes.Map("GET", $"{Root}/user/{{user}}/account_data/{{type}}", call =>
            (JsonObject)JsonNode.Parse(
                call.World.Local(call.Me).AccountData.GetValueOrDefault(call["type"]) ?? throw HomeserverException.NotFound("Account data not found"))!);
        routes.Map("PUT", $"{Root}/user/{{user}}/account_data/{{type}}", call =>
        {
            call.World.Local(call.Me).AccountData[call["type"]] = call.Body.ToJsonString();
            return [];
        });
        MapMembership(routes);
        MapRoom(routes);
    }

    private static void MapMembership(HomeserverRoutes routes)
    {
        routes.Map("POST", $"{Root}/rooms/{{room}}/invite", call =>
        {
            call.World.Invite(call.World.Room(call["room"], 403, "M_FORBIDDEN"), call.Me, call.Target);
            return [];
        });
        routes.Map("POST", $"{Root}/rooms/{{room}}/join", call =>
        {
            call.World.Join(call.World.Room(call["room"]), call.World.Local(call.Me));
            return new JsonObject { ["room_id"] = call["room"] };
        });
        routes.Map("POST", $"{Root}/rooms/{{room}}/leave", call =>
        {
            call.World.Room(call["room"]).SetMembership(call.Me, "leave", call.Me);
            return [];
        });
        routes.Map("POST", $"{Root}/rooms/{{room}}/kick", call => End(call, "leave"));
        routes.Map("POST", $"{Root}/rooms/{{room}}/ban", call => End(call, "ban"));
    }

    private static void MapRoom(HomeserverRoutes routes)
    {
        routes.Map("GET", $"{Root}/rooms/{{room}}/state/{{type}}/{{key?}}", call =>
        {
            var room = call.World.Room(call["room"], 403, "M_FORBIDDEN");
            if (room.Membership(call.Me) is not ("join" or "leave"))
            {
                throw HomeserverException.Forbidden($"User {call.Me} not in room {room.Id}");
            }

            var state = room.Find(call["type"], call["key"]) ?? throw HomeserverException.NotFound("Event not found.");
            return call.Query("format") == "event" ? HomeserverRoutes.EventOf(state) : (JsonObject)state.Content.DeepClone();
        });
        routes.Map("PUT", $"{Root}/rooms/{{room}}/state/{{type}}/{{key?}}", call =>
        {
            var room = call.World.Room(call["room"]);
            ChatWorld.RefuseOutsider(room, call.Me);
            if (call["type"] == "m.room.tombstone" && call.Body["replacement_room"]?.GetValue<string>() == room.Id)
            {
                throw new HomeserverException(400, "M_UNKNOWN", "Tombstone cannot reference the room it was sent in");
            }

            room.Set(call["type"], call["key"], call.Me, call.Body);
            return new JsonObject { ["event_id"] = $"${Guid.NewGuid():N}" };
        });
        routes.Map("GET", $"{Root}/rooms/{{room}}/event/{{event}}", call =>
        {
            var room = call.World.Room(call["room"]);
            ChatWorld.RefuseOutsider(room, call.Me);
            return HomeserverRoutes.EventOf(
                room.Events.Find(e => e.EventId == call["event"]) ?? throw HomeserverException.NotFound("Could not find event"));
        });
        routes.Map("PUT", $"{Root}/rooms/{{room}}/send/{{type}}/{{txn}}", call =>
        {
            var room = call.World.Room(call["room"]);
            ChatWorld.RefuseOutsider(room, call.Me);
            var sent = room.Messages.FirstOrDefault(m => m.Sender == call.Me && m.TransactionId == call["txn"]);
            if (sent.EventId is null)
            {
                sent = (call.Me, call["txn"], $"${Guid.NewGuid():N}", call.Body);
                room.Messages.Add(sent);
            }

            return new JsonObject { ["event_id"] = sent.EventId };
        });
        routes.Map("GET", $"{Root}/rooms/{{room}}/messages", call =>
        {
            var room = call.World.Room(call["room"]);
            ChatWorld.RefuseOutsider(room, call.Me);
            return new JsonObject
            {
                ["chunk"] = new JsonArray([.. (call.Query("dir") == "b" ? room.Messages.AsEnumerable().Reverse() : room.Messages).Select(m => new JsonObject
                {
                    ["type"] = "m.room.message", ["sender"] = m.Sender, ["content"] = m.Content.DeepClone(),
                })]),
            };
        });
        routes.Map("POST", $"{Root}/rooms/{{room}}/upgrade", call => new JsonObject
        {
            ["replacement_room"] = call.World.Upgrade(
                call.World.Room(call["room"]), call.Me, call.Body["new_version"]!.GetValue<string>()).Id,
        });
    }

    private static JsonObject End(HomeserverCall call, string membership)
    {
        var room = call.World.Room(call["room"]);
        ChatWorld.RefuseOutsider(room, call.Me);
        if (room.LevelOf(call.Me) < room.LevelFor(membership == "ban" ? "ban" : "kick"))
        {
            throw HomeserverException.Forbidden("You don't have permission to do that");
        }

        room.SetMembership(call.Target, membership, call.Me);
        return [];
    }
}
