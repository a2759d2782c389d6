using System.Globalization;
using System.Text.Json.Nodes;

namespace StandIns.Homeserver;

/// <param name="Replaces">Id of the event that held this state before.</param>
internal sealed record RoomState(string EventId, string Type, string Key, string Sender, JsonObject Content, string? Replaces);

/// <summary>A room of the stand-in: its current state and the messages sent to it.</summary>
internal sealed class ChatRoom(string id, string version)
{
    private readonly Dictionary<(string Type, string Key), RoomState> _state = [];

    public string Id { get; } = id;

    public string Version { get; } = version;

    public List<(string Sender, string TransactionId, string EventId, JsonObject Content)> Messages { get; } = [];

    /// <summary>Every state event there ever was.</summary>
    public List<RoomState> Events { get; } = [];

    public IEnumerable<RoomState> State => _state.Values;

    public bool IsPublic => Find("m.room.join_rules", "")?.Content["join_rule"]?.GetValue<string>() == "public";

    public RoomState? Find(string type, string key) => _state.GetValueOrDefault((type, key));

    public void Set(string type, string key, string sender, JsonObject content) =>
        Events.Add(_state[(type, key)] = new RoomState($"${Guid.NewGuid():N}", type, key, sender, content, Find(type, key)?.EventId));

    public string? Membership(string person) => Find("m.room.member", person)?.Content["membership"]?.GetValue<string>();

    public void SetMembership(string person, string membership, string sender, bool isDirect = false)
    {
        var content = new JsonObject { ["membership"] = membership };
        if (isDirect)
        {
            content["is_direct"] = true;
        }

        Set("m.room.member", person, sender, content);
    }

    public long LevelOf(string person)
    {
        var create = Find("m.room.create", "")!;
        if (int.Parse(Version, CultureInfo.InvariantCulture) >= 12
            && (create.Sender == person || create.Content["additional_creators"]?.AsArray().Any(c => c!.GetValue<string>() == person) == true))
        {
            return long.MaxValue;
        }

        var levels = Find("m.room.power_levels", "")!.Content;
        return levels["users"]?[person]?.GetValue<long>() ?? levels["users_default"]?.GetValue<long>() ?? 0;
    }

    public long LevelFor(string act) => Find("m.room.power_levels", "")!.Content[act]?.GetValue<long>() ?? (act == "invite" ? 0 : 50);
}
