using Companion.Community.Approvals;

namespace Companion.Journey.Invites;

/// <summary>
/// What happened to an invite. Append-only contracts: no rename, no field removal; change = new optional field or new event.
/// Every event has a golden JSON file in the tests. No personal data but ids.
/// </summary>
public abstract record InviteEvent
{
    private protected InviteEvent()
    {
    }
}

/// <param name="Vouched">The inviter said to know the person.</param>
/// <param name="AwaitingApproval">Nothing is sent before people have approved it.</param>
/// <param name="RemindInviter">The inviter wants to hear before it runs out.</param>
/// <param name="RemindInvitee">The inviter wants the invitee to hear before it runs out, once.</param>
public sealed record InviteIssued(
    InviteId InviteId,
    AccountId Inviter,
    ContactId ContactId,
    IReadOnlyList<Membership> Memberships,
    IReadOnlyList<RoomId> Rooms,
    string Language,
    DateTimeOffset ExpiresAt,
    DateTimeOffset At,
    bool Vouched = false,
    bool AwaitingApproval = false,
    bool RemindInviter = false,
    bool RemindInvitee = false) : InviteEvent;

/// <summary>Whoever had to decide let it pass; it is sent now, and its time counts from here.</summary>
public sealed record InviteApproved(InviteId InviteId, DateTimeOffset ExpiresAt, DateTimeOffset At) : InviteEvent;

/// <summary>It was never sent.</summary>
public sealed record InviteDenied(InviteId InviteId, DateTimeOffset At) : InviteEvent;

/// <summary>A new token is on its way; those of earlier generations are dead.</summary>
/// <param name="Reopened">It ran out while inviting was paused, and the invitee had wished to hear when it goes on.</param>
public sealed record InviteResent(
    InviteId InviteId, AccountId By, int Generation, DateTimeOffset ExpiresAt, DateTimeOffset At, bool Reopened = false) : InviteEvent;

public sealed record InviteExtended(InviteId InviteId, AccountId By, DateTimeOffset ExpiresAt, DateTimeOffset At) : InviteEvent;

/// <summary>A link was handed out that no mail brought: who comes by this generation has not shown to read the mailbox.</summary>
public sealed record InviteLinkTaken(InviteId InviteId, AccountId By, int Generation, DateTimeOffset At) : InviteEvent;

/// <summary>A mail server accepted the message of this generation.</summary>
public sealed record InviteSent(InviteId InviteId, int Generation, DateTimeOffset At) : InviteEvent;

public sealed record InviteDeliveryFailed(InviteId InviteId, int Generation, string Reason, DateTimeOffset At) : InviteEvent;

/// <summary>The message may or may not have arrived; it is not sent again blindly.</summary>
public sealed record InviteDeliveryUnknown(InviteId InviteId, int Generation, DateTimeOffset At) : InviteEvent;

/// <summary>The contact turned out to have this account already: no link was sent, the account is onboarded instead.</summary>
public sealed record InviteMatchedAccount(InviteId InviteId, AccountId Account, DateTimeOffset At) : InviteEvent;

/// <summary>A reminder that it runs out soon was put on its way.</summary>
public sealed record InviteReminded(InviteId InviteId, int Generation, InviteParty To, DateTimeOffset At) : InviteEvent;

/// <param name="By">Null for the operator, at the command line.</param>
public sealed record InviteRevoked(InviteId InviteId, AccountId? By, DateTimeOffset At) : InviteEvent;

public sealed record InviteDeclined(InviteId InviteId, DateTimeOffset At) : InviteEvent;

public sealed record InviteExpired(InviteId InviteId, DateTimeOffset At) : InviteEvent;

/// <summary>A registration in progress holds the invite until the lease ends, it is released or redeemed.</summary>
/// <param name="DefaultRooms">Rooms that come to those of the invite, because of what the newcomer answered.</param>
/// <param name="Approvals">What people have to decide before the newcomer is let in.</param>
public sealed record InviteClaimed(
    InviteId InviteId,
    string ClaimKey,
    AccountId Account,
    DateTimeOffset LeaseUntil,
    DateTimeOffset At,
    IReadOnlyList<RoomId>? DefaultRooms = null,
    IReadOnlyList<ApprovalRequirement>? Approvals = null) : InviteEvent;

/// <param name="Reason">rolled_back (the provider said so) or lease_over (no account was found after the lease).</param>
public sealed record InviteReleased(InviteId InviteId, string ClaimKey, AccountId Account, string Reason, DateTimeOffset At) : InviteEvent;

public sealed record InviteRedeemed(InviteId InviteId, AccountId Account, DateTimeOffset At) : InviteEvent;

/// <summary>A second account carries the mark of a redeemed invite; it must be denied and looked at.</summary>
public sealed record InviteContested(InviteId InviteId, AccountId Account, DateTimeOffset At) : InviteEvent;

/// <summary>The two whom an invite concerns.</summary>
public enum InviteParty
{
    Inviter,
    Invitee,
}
