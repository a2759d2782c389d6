using Companion.Database;
using Companion.Delivery;
using Companion.Directory;
using Companion.EventStore;
using Companion.Outbox;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Companion.Approvals;

/// <summary>Mails the approvers of a group how much waits for them. What came in since the last mail is told of once.</summary>
internal sealed class TellApprovers(NpgsqlDataSource dataSource, IIdentityProvider identityProvider, IOptions<ApprovalOptions> options)
    : OutboxHandler<ApproversDue>(ApprovalOutbox.Approvers)
{
    /// <summary>More would be no group that decides.</summary>
    private const int MostApprovers = 50;

    /// <summary>Nobody counts further.</summary>
    private const int MostCases = 1000;

    protected override async Task<OutboxResult> HandleAsync(OutboxMessage<ApproversDue> message, CancellationToken cancellationToken)
    {
        var (approvers, at) = message.Payload;
        if (!options.Value.MailApprovers)
        {
            return OutboxResult.Finished;
        }

        var waiting = (await OpenAsync(cancellationToken))
            .Where(approval => approval.Requirements.Any(requirement => requirement.Approvers == approvers && !requirement.IsMet(approval.Votes)))
            .ToList();
        IReadOnlyList<AccountId> people;
        try
        {
            people = waiting.Count == 0 ? [] : await identityProvider.MembersOfAsync(approvers, MostApprovers, cancellationToken);
        }
        catch (IdentityProviderException exception)
        {
            return exception.IsTransient ? new OutboxResult.Retry(exception.Code, exception.RetryAfter) : new OutboxResult.Dead(exception.Code);
        }

        return new OutboxResult.Done(async (unit, ct) =>
        {
            if (await LastAsync(unit, message.StreamId, ct) >= at)
            {
                return;
            }

            foreach (var person in people)
            {
                var count = waiting.Count(approval => ApprovalDecider.MayDecide(approval, person));
                if (count > 0)
                {
                    unit.Enqueue(DeliveryOutbox.Notice, message.StreamId, new NoticeMailDue(person, NoticeTemplates.ApprovalsWaiting, Count: count));
                }
            }
        });
    }

    /// <summary>When the group was last told. Those who tell the same group at the same time wait for each other.</summary>
    private static async Task<DateTimeOffset?> LastAsync(UnitOfWork unit, Guid group, CancellationToken cancellationToken) => (await unit.QueryLockedAsync(
        [AdvisoryLock.Of($"approvers:{group}")],
        "select max(done_at) from companion.outbox_message where kind = @kind and stream_id = @group",
        reader => reader.IsDBNull(0) ? (DateTimeOffset?)null : reader.GetFieldValue<DateTimeOffset>(0),
        [Param.Text("kind", ApprovalOutbox.Approvers.Name), Param.Uuid("group", group)],
        cancellationToken))[0];

    private Task<List<Approval>> OpenAsync(CancellationToken cancellationToken) => dataSource.QueryAsync(
        """
        select a.data from companion.approval_details d join events.mt_doc_approval a on a.id = d.approval_id
        where d.status = 'open' order by d.requested_at limit @limit
        """,
        reader => ApprovalStream.Type.ReadState(reader.GetFieldValue<byte[]>(0)),
        [Param.Int("limit", MostCases)],
        cancellationToken);
}
