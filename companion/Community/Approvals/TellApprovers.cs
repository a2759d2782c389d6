using Companion.Community.Directory;
using Companion.Community.Messages;
using Companion.Foundation.Outbox;

namespace Companion.Community.Approvals;

/// <summary>Mails the approvers of a group how much waits for them. What came in since the last mail is told of once.</summary>
internal sealed class TellApprovers(IIdentityProvider identityProvider, IOptions<ApprovalOptions> options)
    : OutboxHandler<ApproversDue>(ApprovalOutbox.Approvers)
{
    /// <summary>More would be no group that decides.</summary>
    private const int MostApprovers = 50;

    /// <summary>Nobody counts further.</summary>
    private const int MostCases = 1000;

    /// <summary>Longer than a request takes from its time stamp to its commit: what came in within it was perhaps not read.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    protected override async Task<OutboxResult> HandleAsync(OutboxMessage<ApproversDue> message, CancellationToken cancellationToken)
    {
        if (!options.Value.MailApprovers)
        {
            return OutboxResult.Finished;
        }

        try
        {
            var people = await identityProvider.MembersOfAsync(message.Payload.Approvers, MostApprovers, cancellationToken);
            return new OutboxResult.Done((unit, ct) => TellAsync(unit, message, people, ct));
        }
        catch (IdentityProviderException exception)
        {
            return exception.IsTransient ? new OutboxResult.Retry(exception.Code, exception.RetryAfter) : new OutboxResult.Dead(exception.Code);
        }
    }

    /// <summary>Reads the queue in the transaction whose time says when the group was told, so that nothing comes in between.</summary>
    private static async Task TellAsync(
        UnitOfWork unit, OutboxMessage<ApproversDue> message, IReadOnlyList<AccountId> people, CancellationToken cancellationToken)
    {
        var (approvers, at) = message.Payload;
        if (await LastAsync(unit, message.StreamId, cancellationToken) - Overlap >= at)
        {
            return;
        }

        var waiting = (await OpenAsync(unit, cancellationToken))
            .Where(approval => approval.Requirements.Any(requirement => requirement.Approvers == approvers && !requirement.IsMet(approval.Votes)))
            .ToList();
        foreach (var person in people)
        {
            var count = waiting.Count(approval => ApprovalDecider.MayDecide(approval, person));
            if (count > 0)
            {
                unit.Enqueue(DeliveryOutbox.Notice, message.StreamId, new NoticeMailDue(person, NoticeTemplates.ApprovalsWaiting, Count: count));
            }
        }
    }

    /// <summary>When the group was last told. Those who tell the same group at the same time wait for each other.</summary>
    private static async Task<DateTimeOffset?> LastAsync(UnitOfWork unit, Guid group, CancellationToken cancellationToken) => (await unit.QueryLockedAsync(
        [AdvisoryLock.Of($"approvers:{group}")],
        "select max(done_at) from companion.outbox_message where kind = @kind and stream_id = @group",
        reader => reader.IsDBNull(0) ? (DateTimeOffset?)null : reader.GetFieldValue<DateTimeOffset>(0),
        [Param.Text("kind", ApprovalOutbox.Approvers.Name), Param.Uuid("group", group)],
        cancellationToken))[0];

    private static Task<List<Approval>> OpenAsync(UnitOfWork unit, CancellationToken cancellationToken) => unit.QueryAsync(
        """
        select a.data from companion.approval_details d join events.mt_doc_approval a on a.id = d.approval_id
        where d.status = 'open' order by d.requested_at limit @limit
        """,
        reader => ApprovalStream.Type.ReadState(reader.GetFieldValue<byte[]>(0)),
        [Param.Int("limit", MostCases)],
        cancellationToken);
}
