using Companion.Foundation.Outbox;

namespace Companion.Community.Approvals;

/// <summary>Does what a rule says should happen when nobody has decided in time.</summary>
internal sealed class CheckApprovalDeadline() : OutboxHandler<ApprovalDue>(ApprovalOutbox.Deadline)
{
    protected override Task<OutboxResult> HandleAsync(OutboxMessage<ApprovalDue> message, CancellationToken cancellationToken) =>
        Task.FromResult<OutboxResult>(new OutboxResult.Done(
            (unit, ct) => ApprovalStream.ChangeAsync(unit, message.Payload.ApprovalId, new CheckDeadlines(), ct)));
}
