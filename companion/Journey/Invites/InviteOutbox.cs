using Companion.Community.Approvals;
using Companion.Community.Contacts;
using Companion.Community.Messages;
using Companion.Foundation.Outbox;

namespace Companion.Journey.Invites;

/// <summary>The background jobs of an invite, and which event brings which.</summary>
internal static class InviteOutbox
{
    /// <summary>Mail the invitation of one generation, or tell of it once more.</summary>
    public static OutboxKind<InviteMailDue> Mail { get; } = new("invite_mail", InviteOutboxJson.Default.InviteMailDue);

    /// <summary>Look whether the invite's time is over.</summary>
    public static OutboxKind<InviteExpiryDue> Expiry { get; } = new("invite_expiry", InviteOutboxJson.Default.InviteExpiryDue);

    /// <summary>Remind those who are to be reminded, some time before the invite's end.</summary>
    public static OutboxKind<InviteReminderDue> Reminder { get; } = new("invite_reminder", InviteOutboxJson.Default.InviteReminderDue);

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
                unit.Enqueue(Mail, state.Id, new InviteMailDue(
                    id, state.Generation, @event is InviteResent { Reopened: true } ? InviteMailOccasion.Reopened : InviteMailOccasion.Invitation));
                Plan(unit, state);
                break;
            case InviteExtended:
                Plan(unit, state);
                break;
            case InviteReminded { To: InviteParty.Inviter }:
                unit.Enqueue(DeliveryOutbox.Notice, state.Id, new NoticeMailDue(state.Inviter, NoticeTemplates.ExpiresSoon, InviteId: id));
                break;
            case InviteReminded:
                unit.Enqueue(Mail, state.Id, new InviteMailDue(id, state.Generation, InviteMailOccasion.Reminder));
                break;
            case InviteRevoked or InviteExpired when state.IsHeldBack:
                unit.Enqueue(
                    ApprovalOutbox.Settled, state.Id, new ApprovalSettled(ApprovalId.Of(id, ApprovalSubject.Invite), null, Code: "invite_ended"));
                unit.Enqueue(ContactOutbox.Forgetting, state.Id, new InviteForgettingDue(id));
                break;
            case InviteRedeemed or InviteRevoked or InviteDeclined or InviteDenied or InviteExpired:
                unit.Enqueue(ContactOutbox.Forgetting, state.Id, new InviteForgettingDue(id));
                break;
        }
    }

    /// <summary>What is to happen at the end of the invite's time, and before it.</summary>
    private static void Plan(UnitOfWork unit, Invite state)
    {
        InviteId id = new(state.Id);
        unit.Enqueue(Expiry, state.Id, new InviteExpiryDue(id), state.ExpiresAt);
        if (state.RemindInviter || state is { RemindInvitee: true, InviteeReminded: false })
        {
            // When that is, the settings tell, which its handler knows.
            unit.Enqueue(Reminder, state.Id, new InviteReminderDue(id, state.ExpiresAt));
        }
    }
}

internal sealed record InviteMailDue(InviteId InviteId, int Generation, InviteMailOccasion Occasion = InviteMailOccasion.Invitation);

/// <summary>Why an invite is mailed. All but the first tell of an invite that is out already, by one more link of the same generation.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<InviteMailOccasion>))]
internal enum InviteMailOccasion
{
    Invitation,
    Reminder,
    Reopened,
}

/// <param name="ExpiresAt">The end that was planned for; where it has moved, another row sees to it.</param>
internal sealed record InviteReminderDue(InviteId InviteId, DateTimeOffset ExpiresAt);

internal sealed record InviteExpiryDue(InviteId InviteId);

[JsonSerializable(typeof(InviteMailDue))]
[JsonSerializable(typeof(InviteExpiryDue))]
[JsonSerializable(typeof(InviteReminderDue))]
internal sealed partial class InviteOutboxJson : JsonSerializerContext;
