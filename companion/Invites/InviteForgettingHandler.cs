using Companion.Approvals;
using Companion.Contacts;
using Companion.Erasing;
using Companion.EventStore;
using Companion.Outbox;
using Microsoft.Extensions.Options;

namespace Companion.Invites;

/// <summary>Erases what can be read of an invite that ended Contacts:KeepAfterEnd ago, and of the decisions about it.</summary>
internal sealed class InviteForgettingHandler(IOptions<ContactOptions> options)
    : OutboxHandler<InviteForgettingDue>(InviteOutbox.Forgetting)
{
    /// <summary>A reason is told to the person after the decision that it belongs to.</summary>
    private static readonly TimeSpan ShortestForReasons = TimeSpan.FromDays(1);

    protected override Task<OutboxResult> HandleAsync(OutboxMessage<InviteForgettingDue> message, CancellationToken cancellationToken) =>
        Task.FromResult<OutboxResult>(new OutboxResult.Done((unit, ct) => ForgetAsync(unit, message.Payload, ct)));

    private async Task ForgetAsync(UnitOfWork unit, InviteForgettingDue due, CancellationToken cancellationToken)
    {
        var seen = await unit.LoadAsync(InviteStream.Type, due.InviteId.Value, cancellationToken);
        // A resend takes the same lock before it decides: read what it left behind.
        await ContactTable.FindAsync(unit, seen.State.ContactId, cancellationToken);
        var stream = await unit.LoadAsync(InviteStream.Type, due.InviteId.Value, cancellationToken);
        if (stream.State.EndedAt is not { } endedAt)
        {
            return;
        }

        if (endedAt + options.Value.KeepAfterEnd is var until && until > unit.Now)
        {
            unit.Enqueue(InviteOutbox.Forgetting, due.InviteId.Value, due, until);
            return;
        }

        await ErasableData.ForgetContactAsync(unit, due.InviteId, cancellationToken);
        await ForgetNotesAsync(unit, due, cancellationToken);
    }

    /// <summary>Decisions may outlast the invite; while one is open, its end will bring this up again.</summary>
    private async Task ForgetNotesAsync(UnitOfWork unit, InviteForgettingDue due, CancellationToken cancellationToken)
    {
        var (isOpen, last) = await ApprovalStream.EndOfAsync(unit, due.InviteId, cancellationToken);
        var keep = options.Value.KeepAfterEnd > ShortestForReasons ? options.Value.KeepAfterEnd : ShortestForReasons;
        if (isOpen)
        {
            return;
        }

        if (last + keep is { } until && until > unit.Now)
        {
            unit.Enqueue(InviteOutbox.Forgetting, due.InviteId.Value, due, until);
        }
        else
        {
            await ErasableData.ForgetNotesAsync(unit, [due.InviteId], cancellationToken);
        }
    }
}
