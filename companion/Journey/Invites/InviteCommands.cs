using Companion.Community.Approvals;
using Companion.Community.Directory;

namespace Companion.Journey.Invites;

public abstract record InviteCommand
{
    private protected InviteCommand()
    {
    }
}

/// <param name="Facts">What the rules need to know of the world, read in the same transaction.</param>
/// <param name="AwaitingApproval">People have to approve it before it is sent.</param>
/// <param name="RemindInviter">Before it runs out; null for what the policy says.</param>
/// <param name="RemindInvitee">Before it runs out.</param>
public sealed record IssueInvite(
    InviteId InviteId,
    AccountId Inviter,
    ContactId ContactId,
    IReadOnlyList<Membership> Memberships,
    IReadOnlyList<RoomId> Rooms,
    string Language,
    InviteFacts Facts,
    InvitePolicy Policy,
    bool AwaitingApproval = false,
    bool? RemindInviter = null,
    bool RemindInvitee = false) : InviteCommand;

public sealed record ApproveInvite(InvitePolicy Policy) : InviteCommand;

public sealed record DenyInvite : InviteCommand;

/// <param name="Reopened">Because the invitee wished to hear when a pause is over.</param>
public sealed record ResendInvite(AccountId By, InviteFacts Facts, InvitePolicy Policy, bool Reopened = false) : InviteCommand;

/// <summary>Lets the link that is out live as long as a new one would.</summary>
public sealed record ExtendInvite(AccountId By, InviteRights Rights, InvitePolicy Policy) : InviteCommand;

/// <summary>Somebody takes a further link of this generation out of the companion's hands.</summary>
public sealed record TakeLink(AccountId By, InviteRights Rights, InvitePolicy Policy) : InviteCommand;

/// <param name="By">Null for the operator, at the command line.</param>
public sealed record RevokeInvite(AccountId? By) : InviteCommand;

/// <summary>The timer says that it runs out soon; nothing happens where it does not.</summary>
/// <param name="ExpiresAt">The end that the timer was set for.</param>
public sealed record RemindInvite(DateTimeOffset ExpiresAt) : InviteCommand;

public sealed record DeclineInvite(int Generation) : InviteCommand;

/// <summary>The timer says the time may be over; nothing happens when it is not.</summary>
public sealed record ExpireInvite : InviteCommand;

public sealed record RecordDelivery(int Generation, InviteDelivery Outcome, string? Reason = null) : InviteCommand;

public sealed record MatchAccount(AccountId Account) : InviteCommand;

/// <param name="Generation">Of the token that was exchanged for the handle.</param>
/// <param name="Rights">Of the inviter, read from the identity provider now: who has left, or lost a right, brings nobody in by it.</param>
/// <param name="DefaultRooms">Those that the newcomer's answers chose.</param>
/// <param name="Approvals">What people have to decide before the newcomer is let in.</param>
public sealed record ClaimInvite(
    int Generation,
    string ClaimKey,
    AccountId Account,
    TimeSpan Lease,
    InviteRights Rights,
    IReadOnlyList<RoomId> DefaultRooms,
    IReadOnlyList<ApprovalRequirement>? Approvals = null) : InviteCommand;

public sealed record ReleaseInvite(string ClaimKey, AccountId Account, string Reason) : InviteCommand;

/// <summary>The account exists and carries the invite's mark.</summary>
public sealed record RedeemInvite(AccountId Account) : InviteCommand;

/// <summary>What issuing and resending must know, read in the transaction that appends.</summary>
/// <param name="OwnContact">The contact is the inviter's own address.</param>
/// <param name="ContactHasOpenInvite">Another open invite goes to the same contact.</param>
/// <param name="OpenInvites">Of this inviter, this one not counted.</param>
/// <param name="IssuedLastDay">By this inviter in the last 24 hours.</param>
/// <param name="RecipientLastDay">Invites to the same mailbox (aliases folded) in the last 24 hours.</param>
/// <param name="RecipientEver">Invites to the same mailbox, aliases folded.</param>
/// <param name="Rights">What this inviter may invite into.</param>
/// <param name="MemberOf">Aliases of organisations that the contact is in already, as far as the inviter may know it.</param>
public sealed record InviteFacts(
    bool OwnContact,
    bool ContactHasOpenInvite,
    int OpenInvites,
    int IssuedLastDay,
    int RecipientLastDay,
    int RecipientEver,
    InviteRights Rights,
    IReadOnlySet<string> MemberOf);
