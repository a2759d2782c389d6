using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace StandIns.Homeserver;

/// <summary>Accounts and rooms, with Synapse's rules about who may do what to whom, in Synapse's order.</summary>
internal sealed class ChatWorld(string serverName)
{
    private const long InviteRetryMs = 333_000;

    private int _media;

    public Dictionary<string, ChatPerson> People { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, ChatRoom> Rooms { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Tokens { get; } = new(StringComparer.Ordinal);

    public string ServerName { get; } = serverName;

    /// <summary>Synapse's default limit of invites per invitee holds.</summary>
    public bool LimitsInvites { get; set; }

    public ChatPerson Local(string id) => People.GetValueOrDefault(id) ?? throw HomeserverException.NotFound("User not found");

    public ChatRoom Room(string id, int status = 404, string errcode = "M_NOT_FOUND") =>
        Rooms.GetValueOrDefault(id) ?? throw new HomeserverException(status, errcode, "Unknown room");

    /// <returns>The mxc URI of the next upload, which nobody can download.</returns>
    public string NextMedia() => string.Create(CultureInfo.InvariantCulture, $"mxc://{ServerName}/media{++_media}");

    public ChatRoom Create(string creator, JsonObject body)
    {
        var version = body["room_version"]?.GetValue<string>() ?? "12";
        var random = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var room = new ChatRoom(version == "12" ? $"!{random}" : $"!{random[..18]}:{ServerName}", version);
        var create = (JsonObject?)body["creation_content"]?.DeepClone() ?? [];
        create["room_version"] = version;
        room.Set("m.room.create", "", creator, create);
        room.SetMembership(creator, "join", creator);
        var preset = body["preset"]?.GetValue<string>();
        var levels = new JsonObject
        {
            ["users"] = version == "12" ? [] : new JsonObject { [creator] = 100L },
            ["users_default"] = 0L,
            ["invite"] = preset == "public_chat" ? 50L : 0L,
        };
        foreach (var (key, value) in body["power_level_content_override"]?.AsObject() ?? [])
        {
            levels[key] = value!.DeepClone();
        }

        room.Set("m.room.power_levels", "", creator, levels);
        room.Set("m.room.join_rules", "", creator, new JsonObject { ["join_rule"] = preset == "public_chat" ? "public" : "invite" });
        foreach (var state in body["initial_state"]?.AsArray() ?? [])
        {
            room.Set(
                state!["type"]!.GetValue<string>(), state["state_key"]?.GetValue<string>() ?? "", creator, (JsonObject)state["content"]!.DeepClone());
        }

        Rooms[room.Id] = room;
        foreach (var invitee in body["invite"]?.AsArray() ?? [])
        {
            room.SetMembership(invitee!.GetValue<string>(), "invite", creator, body["is_direct"]?.GetValue<bool>() == true);
        }

        return room;
    }

    public void Invite(ChatRoom room, string by, string person)
    {
        RefuseInvite(room, by, person);
        if (LimitsInvites && People.GetValueOrDefault(by)?.RateLimit != (0, 0) && People.TryGetValue(person, out var invitee) && --invitee.InviteTokens < 0)
        {
            throw new HomeserverException(429, "M_LIMIT_EXCEEDED", "Too Many Requests", InviteRetryMs);
        }

        if (room.Membership(person) != "invite")
        {
            room.SetMembership(person, "invite", by);
        }
    }

    public void AdminJoin(ChatRoom room, string by, ChatPerson person)
    {
        if (!room.IsPublic)
        {
            RefuseInvite(room, by, person.Id);
            room.SetMembership(person.Id, "invite", by);
        }

        Join(room, person);
    }

    public void Join(ChatRoom room, ChatPerson person)
    {
        switch (room.Membership(person.Id))
        {
            case "ban":
                throw new HomeserverException(403, room.IsPublic ? "M_BAD_STATE" : "M_FORBIDDEN", "You are banned from this room");
            case "join":
                return;
            case not "invite" when !room.IsPublic:
                throw HomeserverException.Forbidden("You are not invited to this room.");
        }

        if (person.Suspended)
        {
            throw new HomeserverException(403, "M_USER_SUSPENDED", "Joining rooms while account is suspended is not allowed.");
        }

        room.SetMembership(person.Id, "join", person.Id);
    }

    /// <summary>Its sessions end, and it leaves all rooms; who signs in by its link is turned away.</summary>
    public void Deactivate(ChatPerson person)
    {
        person.Deactivated = true;
        foreach (var token in Tokens.Where(token => token.Value == person.Id).Select(token => token.Key).ToList())
        {
            Tokens.Remove(token);
        }

        foreach (var room in Rooms.Values.Where(room => room.Membership(person.Id) is "join" or "invite"))
        {
            room.SetMembership(person.Id, "leave", person.Id);
        }
    }

    public void MakeAdmin(string roomId, string person)
    {
        var room = Room(roomId, 400, "M_UNKNOWN");
        var strongest = People.Values.Where(p => room.Membership(p.Id) == "join").MaxBy(p => room.LevelOf(p.Id));
        if (strongest is null || room.LevelOf(strongest.Id) < 50)
        {
            throw new HomeserverException(400, "M_UNKNOWN", "No local admin user in room");
        }

        var levels = (JsonObject)room.Find("m.room.power_levels", "")!.Content.DeepClone();
        var users = levels["users"] as JsonObject ?? [];
        users[person] = 100L;
        levels["users"] = users.DeepClone();
        room.Set("m.room.power_levels", "", strongest.Id, levels);
        if (room.Membership(person) is not ("join" or "invite") && !room.IsPublic)
        {
            RefuseInvite(room, strongest.Id, person);
            room.SetMembership(person, "invite", strongest.Id);
        }
    }

    public ChatRoom Upgrade(ChatRoom room, string by, string version)
    {
        RefuseOutsider(room, by);
        if (room.Find("m.room.tombstone", "") is { } done)
        {
            return Rooms[done.Content["replacement_room"]!.GetValue<string>()];
        }

        var next = Create(by, new JsonObject
        {
            ["room_version"] = version,
            ["preset"] = room.IsPublic ? "public_chat" : "private_chat",
            ["creation_content"] = new JsonObject { ["predecessor"] = new JsonObject { ["room_id"] = room.Id } },
        });
        foreach (var ban in room.State.Where(s => s.Type == "m.room.member" && room.Membership(s.Key) == "ban").ToList())
        {
            next.SetMembership(ban.Key, "ban", by);
        }

        room.Set("m.room.tombstone", "", by, new JsonObject { ["body"] = "This room has been replaced", ["replacement_room"] = next.Id });
        return next;
    }

    public static void RefuseOutsider(ChatRoom room, string person)
    {
        if (room.Membership(person) != "join")
        {
            throw HomeserverException.Forbidden($"{person} not in room {room.Id}.");
        }
    }

    private static void RefuseInvite(ChatRoom room, string by, string person)
    {
        if (room.Membership(person) == "ban")
        {
            throw new HomeserverException(403, "M_BAD_STATE", "Cannot invite user who was banned");
        }

        RefuseOutsider(room, by);
        if (room.Membership(person) == "join")
        {
            throw HomeserverException.Forbidden($"{person} is already in the room.");
        }

        if (room.LevelOf(by) < room.LevelFor("invite"))
        {
            throw HomeserverException.Forbidden("You don't have permission to invite users");
        }
    }
}
