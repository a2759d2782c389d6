using Companion.Community.Contacts;
using Companion.Community.Messages;
using Companion.Foundation.Outbox;

namespace Companion.Community.Approvals;

/// <summary>The background jobs of an approval, and which event brings which; each row's stream is the approval's.</summary>
internal static class ApprovalOutbox
{
    /// <summary>Look whether a deadline has passed.</summary>
    public static OutboxKind<ApprovalDue> Deadline { get; } = new("approval_deadline", ApprovalOutboxJson.Default.ApprovalDue);

    /// <summary>Let the invite or the newcomer go on, or end it.</summary>
    public static OutboxKind<ApprovalDue> Outcome { get; } = new("approval_outcome", ApprovalOutboxJson.Default.ApprovalDue);

    /// <summary>What was to be decided on has been decided elsewhere, or has ended by itself.</summary>
    public static OutboxKind<ApprovalSettled> Settled { get; } = new("approval_settled", ApprovalOutboxJson.Default.ApprovalSettled);

    /// <summary>Tell a group of approvers what waits; its stream is the group's.</summary>
    public static OutboxKind<ApproversDue> Approvers { get; } = new("approval_notice", ApprovalOutboxJson.Default.ApproversDue);

    /// <summary>Requests that come in so long are told of in one mail.</summary>
    public static readonly TimeSpan Gathering = TimeSpan.FromMinutes(15);

    public static Guid StreamOf(string approvers) => DeterministicId.From("approvers", approvers);

    public static void FollowUp(UnitOfWork unit, Approval state, ApprovalEvent @event)
    {
        ApprovalId id = new(state.Id);
        if (state.EndedAt is not null)
        {
            // What is kept of an invite that ended before has waited for this.
            unit.Enqueue(ContactOutbox.Forgetting, state.InviteId.Value, new InviteForgettingDue(state.InviteId));
        }

        switch (@event)
        {
            case ApprovalRequested e:
                foreach (var at in state.Requirements.Select(requirement => requirement.DueAt).OfType<DateTimeOffset>().Distinct())
                {
                    unit.Enqueue(Deadline, state.Id, new ApprovalDue(id), at);
                }

                foreach (var approvers in e.Requirements.Select(requirement => requirement.Approvers).Distinct(StringComparer.Ordinal))
                {
                    Notify(unit, approvers, e.At);
                }

                break;
            case ApprovalEscalated e:
                Notify(unit, e.Approvers, e.At);
                break;
            case ApprovalQuestionAsked:
                unit.Enqueue(DeliveryOutbox.Notice, state.Id, state.Account is { } newcomer
                    ? new NoticeMailDue(newcomer, NoticeTemplates.RegistrationQuestion, ApprovalId: id)
                    : new NoticeMailDue(state.Inviter, NoticeTemplates.InviteQuestion, InviteId: state.InviteId, ApprovalId: id));
                break;
            case ApprovalGranted { Place: not ApprovalPlace.IdentityProvider }:
                unit.Enqueue(Outcome, state.Id, new ApprovalDue(id));
                break;
            case ApprovalRefused e:
                if (e.Place != ApprovalPlace.IdentityProvider)
                {
                    unit.Enqueue(Outcome, state.Id, new ApprovalDue(id));
                }

                if (state.Subject == ApprovalSubject.Invite)
                {
                    unit.Enqueue(
                        DeliveryOutbox.Notice,
                        state.Id,
                        new NoticeMailDue(state.Inviter, NoticeTemplates.InviteDenied, InviteId: state.InviteId, ApprovalId: id));
                }

                break;
        }
    }

    private static void Notify(UnitOfWork unit, string approvers, DateTimeOffset at) =>
        unit.Enqueue(Approvers, StreamOf(approvers), new ApproversDue(approvers, at), at + Gathering);
}

internal sealed record ApprovalDue(ApprovalId ApprovalId);

/// <param name="Approvers">Path of the group.</param>
/// <param name="At">When they were asked.</param>
internal sealed record ApproversDue(string Approvers, DateTimeOffset At);

/// <param name="Approve">Null where nothing was decided.</param>
/// <param name="By">Who decided; null where that is not known.</param>
/// <param name="Code">Why there is nothing to decide any more; null where it was decided.</param>
internal sealed record ApprovalSettled(ApprovalId ApprovalId, bool? Approve, AccountId? By = null, string? Code = null);

[JsonSerializable(typeof(ApprovalDue))]
[JsonSerializable(typeof(ApproversDue))]
[JsonSerializable(typeof(ApprovalSettled))]
internal sealed partial class ApprovalOutboxJson : JsonSerializerContext;
