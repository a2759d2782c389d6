namespace Companion.Community.Directory;

/// <summary>What one inviter may invite into, as far as the invites at hand ask.</summary>
/// <param name="Kind">Null for somebody who may not invite at all.</param>
/// <param name="Organizations">Role groups that may be given, by the alias of each organisation that was asked for.</param>
/// <param name="Groups">Paths of the community's groups that may be given.</param>
/// <param name="IsFrozen">Moderators have paused this person's inviting; the identity provider knows nothing of it.</param>
public sealed record InviteRights(
    InviterKind? Kind,
    IReadOnlyDictionary<string, IReadOnlySet<string>> Organizations,
    IReadOnlySet<string> Groups,
    IReadOnlySet<RoomId> Rooms,
    bool IsFrozen = false)
{
    public static InviteRights None { get; } = new(
        null, new Dictionary<string, IReadOnlySet<string>>(), new HashSet<string>(), new HashSet<RoomId>());

    public bool MayInvite => Kind is not null && !IsFrozen;

    /// <summary>Any of its groups.</summary>
    public bool MayUse(string organization) => Organizations.GetValueOrDefault(organization) is { Count: > 0 };

    public bool MayGive(Membership membership) => membership switch
    {
        { Group: null } => false,
        { Organization: null } => Groups.Contains(membership.Group),
        _ => Organizations.GetValueOrDefault(membership.Organization)?.Contains(membership.Group) == true,
    };
}
