using System.Text.Json.Serialization;
using Companion.EventStore;
using Companion.Outbox;

namespace Companion.Approvals;

/// <summary>The to-dos of an approval, and which event brings which; each row's stream is the approval's.</summary>
internal static class ApprovalOutbox
{
    /// <summary>Look whether a deadline has passed.</summary>
    public static OutboxKind<ApprovalDue> Deadline { get; } = new("approval_deadline", ApprovalOutboxJson.Default.ApprovalDue);

    /// <summary>Let the invite or the newcomer go on, or end it.</summary>
    public static OutboxKind<ApprovalDue> Outcome { get; } = new("approval_outcome", ApprovalOutboxJson.Default.ApprovalDue);

    /// <summary>What was to be decided on has ended by itself.</summary>
    public static OutboxKind<ApprovalClosing> Closing { get; } = new("approval_closing", ApprovalOutboxJson.Default.ApprovalClosing);

    public static void FollowUp(UnitOfWork unit, Approval state, ApprovalEvent @event)
    {
        ApprovalDue due = new(new ApprovalId(state.Id));
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

internal sealed record ApprovalClosing(ApprovalId ApprovalId, string Code);

[JsonSerializable(typeof(ApprovalDue))]
[JsonSerializable(typeof(ApprovalClosing))]
internal sealed partial class ApprovalOutboxJson : JsonSerializerContext;
