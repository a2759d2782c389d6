using Companion.Community.Timeline;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;

namespace Companion.Community.Approvals;

/// <summary>What of an approval the timeline shows. Who decides and how they got there is the moderators'; that it waits and what came of it, the inviter's too.</summary>
internal static class ApprovalTimeline
{
    public static TimelineEntry? Describe(Approval state, ApprovalEvent @event) => @event switch
    {
        ApprovalRequested e => Entry(state, e, e.At, null) with { Inviter = state.Inviter },
        ApprovalTaken e => Entry(state, e, e.At, e.By),
        ApprovalDropped e => Entry(state, e, e.At, e.By),
        ApprovalVoteCast e => Entry(state, e, e.At, e.By, e.Approve ? "approve" : "refuse"),
        ApprovalQuestionAsked e => Entry(state, e, e.At, e.By),
        ApprovalQuestionAnswered e => Entry(state, e, e.At, Asked(state)) with { Kind = TimelineKind.UserEvent },
        ApprovalNoteAdded e => Entry(state, e, e.At, Asked(state)) with { Kind = TimelineKind.UserEvent },
        ApprovalEscalated e => Entry(state, e, e.At, null, e.Rule),
        ApprovalWaived e => Entry(state, e, e.At, null, e.Rule),
        ApprovalGranted e => Entry(state, e, e.At, e.By, EventType.SnakeCase(e.Place.ToString())),
        ApprovalRefused e => Entry(state, e, e.At, e.By, EventType.SnakeCase(e.Place.ToString())),
        ApprovalClosed e => Entry(state, e, e.At, null, e.Code),
        _ => throw new InvalidOperationException($"Unknown approval event {@event.GetType().Name}."),
    };

    /// <summary>Whom the moderators hear: the newcomer, or before there is one the inviter.</summary>
    private static AccountId Asked(Approval state) => state.Account ?? state.Inviter;

    private static TimelineEntry Entry(Approval state, ApprovalEvent @event, DateTimeOffset at, AccountId? by, string? detail = null) => new(
        TimelineKind.AdminEvent, EventType.SnakeCase(@event.GetType().Name), at, by, state.Account, null, state.InviteId, detail);
}
