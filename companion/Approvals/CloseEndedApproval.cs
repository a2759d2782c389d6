using Companion.Outbox;

namespace Companion.Approvals;

/// <summary>Takes a case from the queue whose subject has ended by itself.</summary>
internal sealed class CloseEndedApproval() : OutboxHandler<ApprovalClosing>(ApprovalOutbox.Closing)
{
    protected override Task<OutboxResult> HandleAsync(OutboxMessage<ApprovalClosing> message, CancellationToken cancellationToken) =>
        Task.FromResult<OutboxResult>(new OutboxResult.Done(
            (unit, ct) => ApprovalStream.ChangeAsync(unit, message.Payload.ApprovalId, new CloseApproval(message.Payload.Code), ct)));
}
