using Companion.Community.Approvals;

namespace Companion.Journey.Invites;

public enum InviteStatus
{
    None,
    Issued,
    AwaitingApproval,
    Denied,
    Claimed,
    Redeemed,
    Revoked,
    Declined,
    Expired,
}

public enum InviteDelivery
{
    Pending,
    Sent,
    Failed,
    Unknown,
}

/// <summary>The registration that holds the invite now.</summary>
/// <param name="DefaultRooms">Those that the newcomer's answers chose.</param>
/// <param name="Approvals">What people have to decide before the newcomer is let in.</param>
public sealed record InviteClaim(
    string Key,
    AccountId Account,
    DateTimeOffset LeaseUntil,
    IReadOnlyList<RoomId>? DefaultRooms = null,
    IReadOnlyList<ApprovalRequirement>? Approvals = null);

/// <summary>State of one invite: what decisions need, folded from its events.</summary>
public sealed record Invite
{
    public static Invite Initial { get; } = new();

    public Guid Id { get; init; }

    public InviteStatus Status { get; init; }

    public AccountId Inviter { get; init; }

    public ContactId ContactId { get; init; }

    public IReadOnlyList<Membership> Memberships { get; init; } = [];

    public IReadOnlyList<RoomId> Rooms { get; init; } = [];

    public string Language { get; init; } = "en";

    /// <summary>Counts resends from 1; only tokens of the current generation live.</summary>
    public int Generation { get; init; }

    public InviteDelivery Delivery { get; init; }

    public DateTimeOffset IssuedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When its first link went out, by mail or otherwise.</summary>
    public DateTimeOffset? FirstOutAt { get; init; }

    /// <summary>A link of this generation went out otherwise than by mail.</summary>
    public bool LinkTaken { get; init; }

    /// <summary>Why the mail of this generation could not be delivered.</summary>
    public string? DeliveryFailure { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public InviteClaim? Claim { get; init; }

    /// <summary>The account that redeemed the invite.</summary>
    public AccountId? Account { get; init; }

    /// <summary>Rooms that come to those of the invite, because of what the newcomer answered.</summary>
    public IReadOnlyList<RoomId> DefaultRooms { get; init; } = [];

    /// <summary>What people have to decide before the newcomer is let in.</summary>
    public IReadOnlyList<ApprovalRequirement> Approvals { get; init; } = [];

    /// <summary>Further accounts that carried the mark of this invite.</summary>
    public IReadOnlyList<AccountId> Contested { get; init; } = [];

    /// <summary>The account that the contact had already. Not shown to the inviter.</summary>
    public AccountId? MatchedAccount { get; init; }

    /// <summary>Counts against the inviter's open invites and blocks its contact for others.</summary>
    public bool IsOpen => Status is InviteStatus.AwaitingApproval or InviteStatus.Issued or InviteStatus.Claimed;

    /// <summary>People have to approve it and did not, in time or at all.</summary>
    public bool IsHeldBack { get; init; }

    /// <summary>The inviter wants to hear before it runs out: once in each generation.</summary>
    public bool RemindInviter { get; init; }

    /// <summary>The inviter wants the invitee to hear before it runs out: once.</summary>
    public bool RemindInvitee { get; init; }

    /// <summary>The last generation in which the inviter was reminded; 0 for none.</summary>
    public int InviterReminded { get; init; }

    public bool InviteeReminded { get; init; }

    internal bool IsResendable => Status is InviteStatus.Issued or InviteStatus.Expired && !IsHeldBack;

    public static Invite Evolve(Invite state, InviteEvent @event) => @event switch
    {
        InviteIssued e => new Invite
        {
            Id = e.InviteId.Value,
            Status = e.AwaitingApproval ? InviteStatus.AwaitingApproval : InviteStatus.Issued,
            IsHeldBack = e.AwaitingApproval,
            Inviter = e.Inviter,
            ContactId = e.ContactId,
            Memberships = e.Memberships,
            Rooms = e.Rooms,
            Language = e.Language,
            RemindInviter = e.RemindInviter,
            RemindInvitee = e.RemindInvitee,
            Generation = 1,
            IssuedAt = e.At,
            ExpiresAt = e.ExpiresAt,
        },
        InviteApproved e => state with { Status = InviteStatus.Issued, IsHeldBack = false, ExpiresAt = e.ExpiresAt },
        InviteDenied e => state with { Status = InviteStatus.Denied, EndedAt = e.At },
        InviteResent e => state with
        {
            Status = InviteStatus.Issued,
            Generation = e.Generation,
            Delivery = InviteDelivery.Pending,
            DeliveryFailure = null,
            LinkTaken = false,
            ExpiresAt = e.ExpiresAt,
            EndedAt = null,
        },
        InviteExtended e => state with { ExpiresAt = e.ExpiresAt },
        InviteLinkTaken e => state with { LinkTaken = true, FirstOutAt = state.FirstOutAt ?? e.At },
        InviteSent e => state with { Delivery = InviteDelivery.Sent, SentAt = e.At, FirstOutAt = state.FirstOutAt ?? e.At },
        InviteDeliveryFailed e => state with { Delivery = InviteDelivery.Failed, DeliveryFailure = e.Reason },
        InviteDeliveryUnknown e => state with { Delivery = InviteDelivery.Unknown, SentAt = e.At, FirstOutAt = state.FirstOutAt ?? e.At },
        InviteMatchedAccount e => state with { MatchedAccount = e.Account },
        InviteReminded { To: InviteParty.Invitee } => state with { InviteeReminded = true },
        InviteReminded e => state with { InviterReminded = e.Generation },
        InviteRevoked e => state with { Status = InviteStatus.Revoked, Claim = null, EndedAt = e.At },
        InviteDeclined e => state with { Status = InviteStatus.Declined, Claim = null, EndedAt = e.At },
        InviteExpired e => state with { Status = InviteStatus.Expired, Claim = null, EndedAt = e.At },
        InviteClaimed e => state with { Status = InviteStatus.Claimed, Claim = new InviteClaim(e.ClaimKey, e.Account, e.LeaseUntil, e.DefaultRooms, e.Approvals) },
        InviteReleased => state with { Status = InviteStatus.Issued, Claim = null },
        InviteRedeemed e => state with
        {
            Status = InviteStatus.Redeemed,
            Claim = null,
            Account = e.Account,
            EndedAt = e.At,
            DefaultRooms = state.Claim?.Account == e.Account ? state.Claim.DefaultRooms ?? [] : [],
            Approvals = state.Claim?.Account == e.Account ? state.Claim.Approvals ?? [] : [],
        },
        InviteContested e => state with { Contested = [.. state.Contested, e.Account] },
        _ => throw new InvalidOperationException($"Unknown invite event {@event.GetType().Name}."),
    };
}
