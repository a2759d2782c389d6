using Companion.Foundation.Outbox;

namespace Companion.Community.Approvals;

/// <summary>Takes a case from the queue that was decided elsewhere, or whose subject has ended by itself.</summary>
internal sealed class SettleApprovalElsewhere() : OutboxHandler<ApprovalSettled>(ApprovalOutbox.Settled)
{
    protected override Task<OutboxResult> HandleAsync(OutboxMessage<ApprovalSettled> message, CancellationToken cancellationToken)
    {
        var settled = message.Payload;
        ApprovalCommand command = settled.Approve is { } approve
            ? new DecideElsewhere(approve, settled.By)
            : new CloseApproval(settled.Code ?? "unspecified");
        return Task.FromResult<OutboxResult>(new OutboxResult.Done((unit, ct) => ApprovalStream.ChangeAsync(unit, settled.ApprovalId, command, ct)));
    }
}
