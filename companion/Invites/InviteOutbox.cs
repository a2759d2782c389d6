using System.Text.Json.Serialization;
using Companion.Approvals;
using Companion.EventStore;
using Companion.Outbox;

namespace Companion.Invites;

/// <summary>The to-dos of an invite, and which event brings which.</summary>
internal static class InviteOutbox
{
    /// <summary>Deliver the invitation of one generation by mail.</summary>
    public static OutboxKind<InviteMailDue> Mail { get; } = new("invite_mail", InviteOutboxJson.Default.InviteMailDue);

    /// <summary>Look whether the invite's time is over.</summary>
    public static OutboxKind<InviteExpiryDue> Expiry { get; } = new("invite_expiry", InviteOutboxJson.Default.InviteExpiryDue);

    /// <summary>Forget the contact of an invite that ended, once the time to keep it is over.</summary>
    public static OutboxKind<InviteForgettingDue> Forgetting { get; } = new(
        "invite_forgetting", InviteOutboxJson.Default.InviteForgettingDue);

    /// <summary>Enqueues what an event brings with it, whoever appends it.</summary>
    public static void FollowUp(UnitOfWork unit, Invite state, InviteEvent @event)
    {
        InviteId id = new(state.Id);
        switch (@event)
        {
            case InviteIssued { AwaitingApproval: true }:
                unit.Enqueue(Expiry, state.Id, new InviteExpiryDue(id), state.ExpiresAt);
                break;
            case InviteIssued or InviteApproved or InviteResent:
                unit.Enqueue(Mail, state.Id, new InviteMailDue(id, state.Generation));
                unit.Enqueue(Expiry, state.Id, new InviteExpiryDue(id), state.ExpiresAt);
                break;
            case InviteExtended:
                unit.Enqueue(Expiry, state.Id, new InviteExpiryDue(id), state.ExpiresAt);
                break;
            case InviteRevoked or InviteExpired when state.IsHeldBack:
                unit.Enqueue(
                    ApprovalOutbox.Settled, state.Id, new ApprovalSettled(ApprovalId.Of(id, ApprovalSubject.Invite), null, Code: "invite_ended"));
                unit.Enqueue(Forgetting, state.Id, new InviteForgettingDue(id));
                break;
            case InviteRedeemed or InviteRevoked or InviteDeclined or InviteDenied or InviteExpired:
                unit.Enqueue(Forgetting, state.Id, new InviteForgettingDue(id));
                break;
        }
    }
}

internal sealed record InviteMailDue(InviteId InviteId, int Generation);

internal sealed record InviteExpiryDue(InviteId InviteId);

internal sealed record InviteForgettingDue(InviteId InviteId);

[JsonSerializable(typeof(InviteMailDue))]
[JsonSerializable(typeof(InviteExpiryDue))]
[JsonSerializable(typeof(InviteForgettingDue))]
internal sealed partial class InviteOutboxJson : JsonSerializerContext;
