using Companion.Community.Contacts;
using Companion.Community.Directory;

namespace Companion.Journey.Invites;

/// <summary>An invite as its inviter and moderators see it. Nothing in it tells whether the contact has an account.</summary>
/// <param name="Contact">The address in full; null once it was erased.</param>
/// <param name="Status">One of <see cref="Statuses"/>.</param>
/// <param name="Failure">Why the mail could not be delivered.</param>
/// <param name="SentAt">Of the latest mail.</param>
/// <param name="OpenedAt">When somebody last went on from the invitation's page.</param>
/// <param name="Note">What the inviter told the moderators.</param>
/// <param name="Question">What a moderator wants to know of the inviter before the invite may go out; null where nothing is asked.</param>
/// <param name="Reason">Why it was denied; null where nobody said.</param>
/// <param name="Answers">The invitee's to the community's questions, by question; for moderators only, and null until there are some.</param>
internal sealed record InviteView(
    InviteId Id,
    AccountId Inviter,
    string? Contact,
    IReadOnlyList<ShownMembership> Memberships,
    IReadOnlyList<InviteRoom> Rooms,
    string Language,
    string Status,
    string? Failure,
    string? Note,
    string? Question,
    string? Reason,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Answers,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? SentAt,
    DateTimeOffset? OpenedAt,
    DateTimeOffset? EndedAt,
    bool CanResend,
    bool CanExtend,
    bool CanCopyLink,
    bool CanRevoke)
{
    /// <summary><see cref="ListInvites"/> says which is when.</summary>
    public static IReadOnlyList<string> Statuses { get; } =
    [
        "issued", "sent", "opened", "delivery_failed", "delivery_unknown", "registering", "awaiting_approval", "denied", "redeemed", "expired",
        "revoked", "declined",
    ];

    /// <param name="rooms">How far the newcomer is into them; null before somebody registered.</param>
    public static InviteView Of(
        InviteRecord record,
        IReadOnlyDictionary<RoomId, RoomStatus>? rooms,
        InvitePolicy policy,
        OrganizationNames names,
        Func<RoomId, string?> roomName)
    {
        var invite = record.Invite;
        var isRunning = record.Status != "expired";
        var isOpen = invite.Status == InviteStatus.Issued && isRunning;
        return new InviteView(
            new InviteId(invite.Id),
            invite.Inviter,
            record.Contact?.Address.Value,
            [.. invite.Memberships.Select(names.Show)],
            [.. invite.Rooms.Select(room => new InviteRoom(room, roomName(room), StatusOf(rooms, room)))],
            invite.Language,
            record.Status,
            record.Status == "delivery_failed" ? invite.DeliveryFailure : null,
            record.Contact?.Note,
            invite.Status == InviteStatus.AwaitingApproval ? record.Asked : null,
            invite.Status == InviteStatus.Denied ? record.Asked : null,
            record.Answers,
            invite.IssuedAt,
            invite.ExpiresAt,
            invite.SentAt,
            record.OpenedAt,
            invite.EndedAt ?? (record.Status == "expired" ? invite.ExpiresAt : null),
            CanResend: invite.IsResendable && record.Contact is not null && invite.Generation < policy.MaxGenerations,
            CanExtend: isOpen && invite.ExpiresAt < invite.IssuedAt + InvitePolicy.LongestLifetime,
            CanCopyLink: isOpen && policy.AllowLinks,
            CanRevoke: isOpen || invite.Status == InviteStatus.AwaitingApproval && isRunning);
    }

    private static string? StatusOf(IReadOnlyDictionary<RoomId, RoomStatus>? rooms, RoomId room) =>
        rooms is not null && rooms.TryGetValue(room, out var status) ? JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString()) : null;
}

/// <param name="Name">Null for a room that is not managed any more.</param>
/// <param name="Status">Null before somebody registered; then pending, parked, skipped, declined, blocked, invited or joined.</param>
internal sealed record InviteRoom(RoomId Id, string? Name, string? Status);

/// <summary>What is stored of an invite.</summary>
/// <param name="Contact">Null once it was erased.</param>
/// <param name="Asked">What moderators wrote to the inviter about it: the open question, or the reason.</param>
internal sealed record InviteRecord(
    Invite Invite,
    Contact? Contact,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Answers,
    string Status,
    DateTimeOffset? OpenedAt,
    string? Asked);

/// <param name="Next">Cursor of the next page; null on the last.</param>
internal sealed record InvitePage(IReadOnlyList<InviteView> Invites, string? Next);
