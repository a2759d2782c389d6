using System.Text.Json.Serialization;
using Companion.Directory;
using Companion.EventStore;
using Companion.Invites;
using Companion.Outbox;

namespace Companion.Approvals;

/// <summary>The to-dos of an approval, and which event brings which; each row's stream is the approval's.</summary>
internal static class ApprovalOutbox
{
    /// <summary>Look whether a deadline has passed.</summary>
    public static OutboxKind<ApprovalDue> Deadline { get; } = new("approval_deadline", ApprovalOutboxJson.Default.ApprovalDue);

    /// <summary>Let the invite or the newcomer go on, or end it.</summary>
    public static OutboxKind<ApprovalDue> Outcome { get; } = new("approval_outcome", ApprovalOutboxJson.Default.ApprovalDue);

    /// <summary>What was to be decided on has been decided elsewhere, or has ended by itself.</summary>
    public static OutboxKind<ApprovalSettled> Settled { get; } = new("approval_settled", ApprovalOutboxJson.Default.ApprovalSettled);

    public static void FollowUp(UnitOfWork unit, Approval state, ApprovalEvent @event)
    {
        ApprovalDue due = new(new ApprovalId(state.Id));
        if (state.EndedAt is not null)
        {
            // An invite that ended before was forgotten but for what was written about this.
            unit.Enqueue(InviteOutbox.Forgetting, state.InviteId.Value, new InviteForgettingDue(state.InviteId));
        }

        switch (@event)
        {
            case ApprovalRequested when state.Requirements.Any(requirement => requirement.DueAt is not null):
                foreach (var at in state.Requirements.Select(requirement => requirement.DueAt).OfType<DateTimeOffset>().Distinct())
                {
                    unit.Enqueue(Deadline, state.Id, due, at);
                }

                break;
            case ApprovalGranted { Place: not ApprovalPlace.IdentityProvider } or ApprovalRefused { Place: not ApprovalPlace.IdentityProvider }:
                unit.Enqueue(Outcome, state.Id, due);
                break;
        }
    }
}

internal sealed record ApprovalDue(ApprovalId ApprovalId);

/// <param name="Approve">Null where nothing was decided.</param>
/// <param name="By">Who decided; null where that is not known.</param>
/// <param name="Code">Why there is nothing to decide any more; null where it was decided.</param>
internal sealed record ApprovalSettled(ApprovalId ApprovalId, bool? Approve, AccountId? By = null, string? Code = null);

[JsonSerializable(typeof(ApprovalDue))]
[JsonSerializable(typeof(ApprovalSettled))]
internal sealed partial class ApprovalOutboxJson : JsonSerializerContext;
