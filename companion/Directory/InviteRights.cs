namespace Companion.Directory;

/// <summary>What one inviter may invite into: the organisations and groups by policy, the rooms the inviter and the bot are both in.</summary>
public sealed record InviteRights(IReadOnlySet<string> Organizations, IReadOnlySet<string> Groups, IReadOnlySet<RoomId> Rooms)
{
    public static InviteRights None { get; } = new(new HashSet<string>(), new HashSet<string>(), new HashSet<RoomId>());

    /// <summary>The policy. Someone who is not enabled has no rights.</summary>
    internal static InviteRights Of(Person person, DirectoryOptions options, IEnumerable<RoomOffer> rooms) => person.Enabled
        ? new InviteRights(
            person.Organizations.ToHashSet(StringComparer.Ordinal),
            options.Groups
                .Where(rule => rule.InvitedBy.Any(inviting => person.Groups.Any(group => Covers(inviting, group))))
                .Select(rule => rule.Path)
                .ToHashSet(StringComparer.Ordinal),
            rooms.Select(room => room.Id).ToHashSet())
        : None;

    private static bool Covers(string path, string group) =>
        group.StartsWith(path, StringComparison.Ordinal) && (group.Length == path.Length || group[path.Length] == '/');
}
