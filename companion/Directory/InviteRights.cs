namespace Companion.Directory;

/// <summary>What one inviter may invite into: the organisations and groups by policy, the rooms the inviter and the bot are both in.</summary>
public sealed record InviteRights(IReadOnlySet<string> Organizations, IReadOnlySet<string> Groups, IReadOnlySet<RoomId> Rooms)
{
    public static InviteRights None { get; } = new(new HashSet<string>(), new HashSet<string>(), new HashSet<RoomId>());
}
