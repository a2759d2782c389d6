using Companion.Foundation.Kernel;
using Companion.Foundation.Store;

namespace Companion.Community.Approvals;

/// <summary>How approvals are stored.</summary>
internal static class ApprovalStream
{
    public static AggregateType<Approval, ApprovalEvent> Type { get; } = new(
        Approval.Initial,
        Approval.Evolve,
        ApprovalJson.Default.Approval,
        [
            EventType.Of(ApprovalJson.Default.ApprovalRequested),
            EventType.Of(ApprovalJson.Default.ApprovalTaken),
            EventType.Of(ApprovalJson.Default.ApprovalDropped),
            EventType.Of(ApprovalJson.Default.ApprovalVoteCast),
            EventType.Of(ApprovalJson.Default.ApprovalQuestionAsked),
            EventType.Of(ApprovalJson.Default.ApprovalQuestionAnswered),
            EventType.Of(ApprovalJson.Default.ApprovalNoteAdded),
            EventType.Of(ApprovalJson.Default.ApprovalEscalated),
            EventType.Of(ApprovalJson.Default.ApprovalWaived),
            EventType.Of(ApprovalJson.Default.ApprovalGranted),
            EventType.Of(ApprovalJson.Default.ApprovalRefused),
            EventType.Of(ApprovalJson.Default.ApprovalClosed),
        ])
    {
        Describe = ApprovalTimeline.Describe,
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
            Param.Text("subject", EventType.SnakeCase(approval.Subject.ToString())),
            Param.Text("account", approval.Account?.Value),
            Param.Text("inviter", approval.Inviter.Value),
            Param.Text("status", EventType.SnakeCase(approval.Status.ToString())),
            Param.Time("requested_at", approval.RequestedAt),
            Param.Time("due_at", approval.NextDeadline),
            Param.Time("ended_at", approval.EndedAt),
            Param.Int("seconds_taken", (int)approval.TimeTaken.TotalSeconds),
        ]);
}
