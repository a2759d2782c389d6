using Companion.Contacts;
using Companion.Directory;

namespace Companion.Invites;

public abstract record InviteCommand
{
    private protected InviteCommand()
    {
    }
}

/// <param name="Facts">What the rules need to know of the world, read in the same transaction.</param>
public sealed record IssueInvite(
    InviteId InviteId,
    AccountId Inviter,
    ContactId ContactId,
    IReadOnlyList<Membership> Memberships,
    IReadOnlyList<RoomId> Rooms,
    string Language,
    InviteFacts Facts,
    InvitePolicy Policy) : InviteCommand;

public sealed record ResendInvite(AccountId By, InviteFacts Facts, InvitePolicy Policy) : InviteCommand;

public sealed record RevokeInvite(AccountId By) : InviteCommand;

public sealed record DeclineInvite(int Generation) : InviteCommand;

/// <summary>The timer says the time may be over; nothing happens when it is not.</summary>
public sealed record ExpireInvite : InviteCommand;

public sealed record RecordDelivery(int Generation, InviteDelivery Outcome, string? Reason = null) : InviteCommand;

public sealed record MatchAccount(AccountId Account) : InviteCommand;

/// <param name="Generation">Of the token that was exchanged for the handle.</param>
/// <param name="InviterEnabled">Read from the identity provider now: an inviter who has left brings nobody in.</param>
public sealed record ClaimInvite(int Generation, string ClaimKey, AccountId Account, TimeSpan Lease, bool InviterEnabled) : InviteCommand;

public sealed record ReleaseInvite(string ClaimKey, AccountId Account, string Reason) : InviteCommand;

/// <summary>The account exists and carries the invite's mark.</summary>
public sealed record RedeemInvite(AccountId Account) : InviteCommand;

/// <summary>What issuing and resending must know, read in the transaction that appends.</summary>
/// <param name="InviterEnabled">The inviter's account exists and is enabled.</param>
/// <param name="OwnContact">The contact is the inviter's own address.</param>
/// <param name="ContactHasOpenInvite">Another open invite goes to the same contact.</param>
/// <param name="OpenInvites">Of this inviter, this one not counted.</param>
/// <param name="IssuedLastDay">By this inviter in the last 24 hours.</param>
/// <param name="RecipientLastDay">Invites to the same mailbox (aliases folded) in the last 24 hours.</param>
/// <param name="RecipientEver">Invites to the same mailbox, aliases folded.</param>
/// <param name="Rights">What this inviter may invite into.</param>
public sealed record InviteFacts(
    bool InviterEnabled,
    bool OwnContact,
    bool ContactHasOpenInvite,
    int OpenInvites,
    int IssuedLastDay,
    int RecipientLastDay,
    int RecipientEver,
    InviteRights Rights);
