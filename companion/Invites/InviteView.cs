using Companion.Contacts;
using Companion.Directory;

namespace Companion.Invites;

/// <summary>An invite as its inviter and moderators see it. Nothing in it tells whether the contact has an account.</summary>
/// <param name="Contact">The address in full; null once it was erased.</param>
/// <param name="Status">issued, sent, delivery_failed, delivery_unknown, registering, redeemed, expired, revoked or declined.</param>
/// <param name="SentAt">Of the latest mail.</param>
internal sealed record InviteView(
    InviteId Id,
    AccountId Inviter,
    string? Contact,
    IReadOnlyList<Membership> Memberships,
    IReadOnlyList<RoomId> Rooms,
    string Language,
    string Status,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? SentAt,
    DateTimeOffset? EndedAt,
    bool CanResend,
    bool CanRevoke)
{
    public static IReadOnlyList<string> Statuses { get; } =
        ["issued", "sent", "delivery_failed", "delivery_unknown", "registering", "redeemed", "expired", "revoked", "declined"];

    public static InviteView Of(Invite invite, EmailAddress? address, InvitePolicy policy, DateTimeOffset now)
    {
        var status = StatusOf(invite, now);
        return new InviteView(
            new InviteId(invite.Id),
            invite.Inviter,
            address?.Value,
            invite.Memberships,
            invite.Rooms,
            invite.Language,
            status,
            invite.IssuedAt,
            invite.ExpiresAt,
            invite.SentAt,
            invite.EndedAt ?? (status == "expired" ? invite.ExpiresAt : null),
            CanResend: invite.IsResendable
                && address is not null && invite.Generation < policy.MaxGenerations,
            CanRevoke: invite.Status is InviteStatus.Issued && status != "expired");
    }

    /// <summary>The list filters by the same words in SQL: <see cref="ListInvites"/>.</summary>
    internal static string StatusOf(Invite invite, DateTimeOffset now) => invite.Status switch
    {
        InviteStatus.Claimed => "registering",
        InviteStatus.Redeemed => "redeemed",
        InviteStatus.Revoked => "revoked",
        InviteStatus.Declined => "declined",
        InviteStatus.Expired => "expired",
        _ when invite.ExpiresAt <= now => "expired",
        _ => invite.Delivery switch
        {
            InviteDelivery.Sent => "sent",
            InviteDelivery.Failed => "delivery_failed",
            InviteDelivery.Unknown => "delivery_unknown",
            _ => "issued",
        },
    };
}

/// <param name="Next">Cursor of the next page; null on the last.</param>
internal sealed record InvitePage(IReadOnlyList<InviteView> Invites, string? Next);
