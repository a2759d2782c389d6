using System.Text.Json.Serialization.Metadata;

namespace Companion.Adapters.Matrix;

/// <summary>
/// Reads rooms through the admin API where there is one, otherwise as the bot sees them. One look: which rooms the bot is in was read once,
/// since state read by a bot that has left is of the past, and a person's memberships are.
/// </summary>
internal sealed class RoomReader(MatrixClient client, SynapseAdminClient admin, bool hasAdmin, IReadOnlySet<RoomId> botRooms)
{
    private const int MaxUpgrades = 5;

    private (MatrixUserId Person, IReadOnlyDictionary<string, string> Rooms)? _memberships;

    public bool HasAdmin => hasAdmin;

    public bool BotIsIn(RoomId room) => botRooms.Contains(room);

    /// <summary>From the room itself to the one that has replaced it in the end.</summary>
    public async Task<RoomChain> FollowAsync(RoomId room, CancellationToken cancellationToken)
    {
        List<RoomId> rooms = [room];
        while (true)
        {
            var (exists, tombstone) = await FindAsync(rooms[^1], "m.room.tombstone", MatrixJson.Default.TombstoneContent, cancellationToken);
            if (!exists || string.IsNullOrEmpty(tombstone?.Content.ReplacementRoom))
            {
                return new RoomChain(rooms, rooms.Count > 1 ? RoomUpgrade.Followed : RoomUpgrade.None, exists);
            }

            RoomId next = new(tombstone.Content.ReplacementRoom);
            if (rooms.Contains(next) || rooms.Count > MaxUpgrades)
            {
                return new RoomChain(rooms, RoomUpgrade.Endless, true);
            }

            if (CanSee(next))
            {
                var (_, create) = await FindAsync(next, "m.room.create", MatrixJson.Default.CreateContent, cancellationToken);
                if (create?.Content.Predecessor?.RoomId != rooms[^1].Value)
                {
                    return new RoomChain(rooms, RoomUpgrade.Unproven, true);
                }
            }

            rooms.Add(next);
        }
    }

    public async Task<bool> MayInviteAsync(RoomId room, MatrixUserId bot, CancellationToken cancellationToken)
    {
        var (_, create) = await FindAsync(room, "m.room.create", MatrixJson.Default.CreateContent, cancellationToken);
        var (_, levels) = await FindAsync(room, "m.room.power_levels", MatrixJson.Default.PowerLevelsContent, cancellationToken);
        return create is not null && PowerLevels.MayInvite(bot, create.Content, create.Sender, levels?.Content);
    }

    /// <summary>What a room is like, for people to choose it by.</summary>
    /// <returns>Null when it can't be seen.</returns>
    public async Task<RoomDescription?> DescribeAsync(RoomId room, CancellationToken cancellationToken)
    {
        if (!CanSee(room))
        {
            return null;
        }

        var state = hasAdmin
            ? await admin.StateAsync(room, cancellationToken) ?? []
            : await client.StateAsync(room, cancellationToken);
        return new RoomDescription(
            state.FirstOrDefault(found => found is { Type: "m.room.topic", StateKey: "" })?.Content.Deserialize(MatrixJson.Default.TopicContent)?.Topic,
            state.Count(found => found.Type == "m.room.member" && Membership(found) == "join"),
            state.Any(found => found is { Type: "m.room.encryption", StateKey: "" }),
            state.Any(found => found.Type is "m.bridge" or "uk.half-shot.bridge"));
    }

    /// <summary>How a person stands to the newest room of a chain that they ever had to do with.</summary>
    /// <returns>Null when it can't be seen.</returns>
    public async Task<Presence?> PresenceAsync(RoomChain chain, MatrixUserId person, CancellationToken cancellationToken)
    {
        var memberships = hasAdmin ? await MembershipsAsync(person, cancellationToken) : null;
        for (var i = chain.Rooms.Count - 1; i >= 0; i--)
        {
            if (!CanSee(chain.Rooms[i]))
            {
                return null;
            }

            var presence = await PresenceAsync(chain.Rooms[i], person, memberships, cancellationToken);
            if (presence != Presence.None)
            {
                return presence;
            }
        }

        return Presence.None;
    }

    /// <summary>One answer holds all rooms of a person.</summary>
    private async Task<IReadOnlyDictionary<string, string>> MembershipsAsync(MatrixUserId person, CancellationToken cancellationToken)
    {
        if (_memberships is not { } known || known.Person != person)
        {
            _memberships = known = (person, await admin.MembershipsAsync(person, cancellationToken));
        }

        return known.Rooms;
    }

    private async Task<Presence> PresenceAsync(
        RoomId room, MatrixUserId person, IReadOnlyDictionary<string, string>? memberships, CancellationToken cancellationToken)
    {
        if (memberships is not null)
        {
            var membership = memberships.GetValueOrDefault(room.Value);
            return membership == "leave"
                ? await DepartureAsync(room, await MemberEventAsync(room, person, cancellationToken), person, cancellationToken)
                : Of(membership);
        }

        var member = await MemberEventAsync(room, person, cancellationToken);
        return Membership(member) == "leave"
            ? await DepartureAsync(room, member, person, cancellationToken)
            : Of(Membership(member));
    }

    private async Task<StateEvent?> MemberEventAsync(RoomId room, MatrixUserId person, CancellationToken cancellationToken)
    {
        if (BotIsIn(room))
        {
            return await client.StateAsync(room, "m.room.member", person.Value, cancellationToken);
        }

        var members = await admin.StateAsync(room, "m.room.member", cancellationToken);
        return members?.FirstOrDefault(member => member.StateKey == person.Value);
    }

    /// <summary>Who ended it, and what it was before: the event only names the one it replaced.</summary>
    private async Task<Presence> DepartureAsync(RoomId room, StateEvent? member, MatrixUserId person, CancellationToken cancellationToken)
    {
        if (member is null)
        {
            return Presence.None;
        }

        if (member.Sender != person.Value)
        {
            return Presence.Removed;
        }

        var before = BotIsIn(room) && member.Unsigned?.ReplacesState is { } replaced
            ? await client.EventAsync(room, replaced, cancellationToken)
            : null;
        return Membership(before) is "invite" or "knock" ? Presence.Declined : Presence.Left;
    }

    private static Presence Of(string? membership) => membership switch
    {
        "join" => Presence.Joined,
        "invite" => Presence.Invited,
        "ban" => Presence.Banned,
        "knock" => Presence.Knocked,
        _ => Presence.None,
    };

    private static string? Membership(StateEvent? member) => member?.Content.Deserialize(MatrixJson.Default.MemberContent)?.Membership;

    private bool CanSee(RoomId room) => hasAdmin || BotIsIn(room);

    private async Task<(bool Exists, TypedState<TContent>? State)> FindAsync<TContent>(
        RoomId room, string type, JsonTypeInfo<TContent> json, CancellationToken cancellationToken)
        where TContent : class
    {
        if (!CanSee(room))
        {
            return (true, null);
        }

        StateEvent? found;
        if (hasAdmin)
        {
            if (await admin.StateAsync(room, type, cancellationToken) is not { } events)
            {
                return (false, null);
            }

            found = events.FirstOrDefault(state => state is { StateKey: "" });
        }
        else
        {
            found = await client.StateAsync(room, type, "", cancellationToken);
        }

        return (true, found?.Content.Deserialize(json) is { } content ? new TypedState<TContent>(found.Sender, content) : null);
    }

    private sealed record TypedState<TContent>(string? Sender, TContent Content);
}

/// <param name="Members">Who have joined.</param>
/// <param name="IsBridged">A bridge has marked it as its own.</param>
internal sealed record RoomDescription(string? Topic, int Members, bool IsEncrypted, bool IsBridged);

/// <summary>A room and those that replaced it, oldest first.</summary>
/// <param name="Exists">False when the homeserver does not know the last one.</param>
internal sealed record RoomChain(IReadOnlyList<RoomId> Rooms, RoomUpgrade Upgrade, bool Exists)
{
    public RoomId Last => Rooms[^1];

    public RoomId? Into => Rooms.Count > 1 ? Last : null;
}
