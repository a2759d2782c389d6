using Companion.Community.Approvals;
using Companion.Community.Contacts;
using Companion.Foundation.Outbox;
using Companion.Journey.Invites;

namespace Companion.Oversight.Erasing;

/// <summary>
/// Erases what can be read of an invite and of the decisions about it, Contacts:KeepAfterEnd after the invite ended and the last decision was
/// made. While one is open nothing goes: whoever decides needs it, and its end brings this up again.
/// </summary>
internal sealed class InviteForgettingHandler(IOptions<ContactOptions> options)
    : OutboxHandler<InviteForgettingDue>(ContactOutbox.Forgetting)
{
    /// <summary>The person is told of a decision, with its reason, after it was made.</summary>
    private static readonly TimeSpan ShortestAfterDecision = TimeSpan.FromDays(1);

    protected override Task<OutboxResult> HandleAsync(OutboxMessage<InviteForgettingDue> message, CancellationToken cancellationToken) =>
        Task.FromResult<OutboxResult>(new OutboxResult.Done((unit, ct) => ForgetAsync(unit, message.Payload, ct)));

    private async Task ForgetAsync(UnitOfWork unit, InviteForgettingDue due, CancellationToken cancellationToken)
    {
        var seen = await unit.LoadAsync(InviteStream.Type, due.InviteId.Value, cancellationToken);
        // A resend takes the same lock before it decides: read what it left behind.
        await ContactTable.FindAsync(unit, seen.State.ContactId, cancellationToken);
        var stream = await unit.LoadAsync(InviteStream.Type, due.InviteId.Value, cancellationToken);
        var (isOpen, decidedAt) = await ApprovalStream.EndOfAsync(unit, due.InviteId, cancellationToken);
        if (stream.State.EndedAt is not { } endedAt || isOpen)
        {
            return;
        }

        if (Until(endedAt, decidedAt) is var until && until > unit.Now)
        {
            unit.Enqueue(ContactOutbox.Forgetting, due.InviteId.Value, due, until);
            return;
        }

        await ErasableData.ForgetContactAsync(unit, due.InviteId, cancellationToken);
        await ErasableData.ForgetNotesAsync(unit, [due.InviteId], cancellationToken);
    }

    private DateTimeOffset Until(DateTimeOffset endedAt, DateTimeOffset? decidedAt)
    {
        var keep = options.Value.KeepAfterEnd;
        var afterEnd = endedAt + keep;
        var afterDecision = decidedAt + (keep > ShortestAfterDecision ? keep : ShortestAfterDecision);
        return afterDecision > afterEnd ? afterDecision.Value : afterEnd;
    }
}
