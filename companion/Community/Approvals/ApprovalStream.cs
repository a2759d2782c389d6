using Companion.Community.Timeline;

namespace Companion.Community.Approvals;

/// <summary>How approvals are stored.</summary>
internal static class ApprovalStream
{
    public static AggregateType<Approval, ApprovalEvent> Type { get; } = new(Approval.Initial, Approval.Evolve, ApprovalJson.Default)
    {
        Tell = TimelineSql.Telling<Approval, ApprovalEvent>(ApprovalTimeline.Describe),
        FollowUp = ApprovalOutbox.FollowUp,
        Details = approval => [Details(approval)],
    };

    /// <returns>Why nothing was changed; null when the command holds now.</returns>
    public static Task<Refusal?> ChangeAsync(UnitOfWork unit, ApprovalId id, ApprovalCommand command, CancellationToken cancellationToken) =>
        unit.ChangeAsync(Type, id.Value, state => ApprovalDecider.Decide(state, command, unit.Now), cancellationToken);

    /// <summary>Whether people still decide on an invite or its newcomer, and when the last decision ended.</summary>
    public static async Task<(bool IsOpen, DateTimeOffset? Last)> EndOfAsync(UnitOfWork unit, InviteId invite, CancellationToken cancellationToken) =>
        (await unit.QueryAsync(
            "select coalesce(bool_or(status = 'open'), false), max(ended_at) from companion.approval_details where invite_id = @invite_id",
            reader => (reader.GetBoolean(0), reader.IsDBNull(1) ? (DateTimeOffset?)null : reader.GetFieldValue<DateTimeOffset>(1)),
            [Param.Uuid("invite_id", invite.Value)],
            cancellationToken))[0];

    private static Statement Details(Approval approval) => new(
        """
        insert into companion.approval_details
          (approval_id, invite_id, subject, account, inviter, status, requested_at, due_at, ended_at, seconds_taken)
        values (@approval_id, @invite_id, @subject, @account, @inviter, @status, @requested_at, @due_at, @ended_at, @seconds_taken)
        on conflict (approval_id) do update
        set account = excluded.account, status = excluded.status, due_at = excluded.due_at, ended_at = excluded.ended_at,
            seconds_taken = excluded.seconds_taken
        """,
        [
            Param.Uuid("approval_id", approval.Id),
            Param.Uuid("invite_id", approval.InviteId.Value),
            Param.Text("subject", JsonNamingPolicy.SnakeCaseLower.ConvertName(approval.Subject.ToString())),
            Param.Text("account", approval.Account?.Value),
            Param.Text("inviter", approval.Inviter.Value),
            Param.Text("status", JsonNamingPolicy.SnakeCaseLower.ConvertName(approval.Status.ToString())),
            Param.Time("requested_at", approval.RequestedAt),
            Param.Time("due_at", approval.NextDeadline),
            Param.Time("ended_at", approval.EndedAt),
            Param.Int("seconds_taken", (int)approval.TimeTaken.TotalSeconds),
        ]);
}

/// <summary>Stored shapes of the approval stream: member names as they are, enums as strings.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(Approval))]
[JsonSerializable(typeof(ApprovalRequested))]
[JsonSerializable(typeof(ApprovalTaken))]
[JsonSerializable(typeof(ApprovalDropped))]
[JsonSerializable(typeof(ApprovalVoteCast))]
[JsonSerializable(typeof(ApprovalQuestionAsked))]
[JsonSerializable(typeof(ApprovalQuestionAnswered))]
[JsonSerializable(typeof(ApprovalNoteAdded))]
[JsonSerializable(typeof(ApprovalEscalated))]
[JsonSerializable(typeof(ApprovalWaived))]
[JsonSerializable(typeof(ApprovalGranted))]
[JsonSerializable(typeof(ApprovalRefused))]
[JsonSerializable(typeof(ApprovalClosed))]
internal sealed partial class ApprovalJson : JsonSerializerContext;

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
        ApprovalGranted e => Entry(state, e, e.At, e.By, JsonNamingPolicy.SnakeCaseLower.ConvertName(e.Place.ToString())),
        ApprovalRefused e => Entry(state, e, e.At, e.By, JsonNamingPolicy.SnakeCaseLower.ConvertName(e.Place.ToString())),
        ApprovalClosed e => Entry(state, e, e.At, null, e.Code),
        _ => throw new InvalidOperationException($"Unknown approval event {@event.GetType().Name}."),
    };

    /// <summary>Whom the moderators hear: the newcomer, or before there is one the inviter.</summary>
    private static AccountId Asked(Approval state) => state.Account ?? state.Inviter;

    private static TimelineEntry Entry(Approval state, ApprovalEvent @event, DateTimeOffset at, AccountId? by, string? detail = null) => new(
        TimelineKind.AdminEvent, JsonNamingPolicy.SnakeCaseLower.ConvertName(@event.GetType().Name), at, by, state.Account, null, state.InviteId, detail);
}
