using Companion.Community.Directory;

namespace Companion.Community.Approvals;

/// <summary>All that a rule may look at, as it is when an invite is issued. No address: its domain is enough.</summary>
/// <param name="Domain">Of the address, lower case.</param>
/// <param name="Channel">By which the invite goes out, e.g. email.</param>
/// <param name="Memberships">Asked for.</param>
/// <param name="Rooms">Asked for.</param>
public sealed record ApprovalFacts(
    InviterFacts Inviter, string Domain, string Channel, IReadOnlyList<Membership> Memberships, IReadOnlyList<RoomId> Rooms);

/// <param name="AccountAge">Null where the identity provider doesn't tell.</param>
/// <param name="Memberships">Groups of the community, and role groups of organisations.</param>
/// <param name="Roles">Realm roles.</param>
/// <param name="Depth">Invitations between this account and one that nobody invited: 0 for such a one.</param>
/// <param name="IsFlagged">A moderator wants to see what this person does.</param>
public sealed record InviterFacts(
    TimeSpan? AccountAge,
    InviterKind Kind,
    IReadOnlySet<Membership> Memberships,
    IReadOnlySet<string> Roles,
    Standing Standing,
    int OpenInvites,
    int IssuedLastDay,
    int IssuedLastWeek,
    int Depth,
    bool IsFlagged);

/// <summary>What became of the people whom somebody brought.</summary>
/// <param name="Good">Accounts that are in good order.</param>
/// <param name="Bad">Those that were denied, disabled or deleted.</param>
public sealed record Standing(int Good, int Bad)
{
    public int All => Good + Bad;

    /// <summary>From 0 to 1; null where nobody came yet.</summary>
    public double? Share => All == 0 ? null : (double)Good / All;
}
