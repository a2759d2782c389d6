using Companion.Contacts;
using Companion.EventStore;
using Companion.Outbox;
using Microsoft.Extensions.Options;

namespace Companion.Invites;

/// <summary>Erases the address and message of an invite that ended Contacts:KeepAfterEnd ago.</summary>
internal sealed class InviteForgettingHandler(IOptions<ContactOptions> options)
    : OutboxHandler<InviteForgettingDue>(InviteOutbox.Forgetting)
{
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

        if (endedAt + options.Value.KeepAfterEnd > unit.Now)
        {
            unit.Enqueue(InviteOutbox.Forgetting, due.InviteId.Value, due, endedAt + options.Value.KeepAfterEnd);
        }
        else
        {
            ContactTable.Forget(unit, stream.State.ContactId);
        }
    }
}
