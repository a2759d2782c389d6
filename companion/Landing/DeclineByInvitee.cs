using Companion.Decisions;
using Companion.EventStore;
using Companion.Invites;

namespace Companion.Landing;

/// <summary>The invitee says no.</summary>
internal sealed class DeclineByInvitee(Transactions transactions, TimeProvider clock)
{
    /// <summary>Where the invite can't be declined any more, nothing happens; looking again says why.</summary>
    public Task RunAsync(InviteReference reference, CancellationToken cancellationToken) => transactions.RunAsync(
        Guid.CreateVersion7(clock.GetUtcNow()),
        async (unit, ct) =>
        {
            var invite = await unit.LoadAsync(InviteStream.Type, reference.InviteId.Value, ct);
            var decision = InviteDecider.Decide(invite.State, new DeclineInvite(reference.Generation), unit.Now);
            if (decision is Decision<InviteEvent>.Accepted { Events: var events })
            {
                unit.Append(InviteStream.Type, invite, events);
            }

            return true;
        },
        cancellationToken);
}
