using Companion.Foundation.Store;
using Companion.Journey.Invites;

namespace Companion.Journey.Landing;

/// <summary>The invitee says no.</summary>
internal sealed class DeclineByInvitee(Transactions transactions)
{
    /// <summary>Where the invite can't be declined any more, nothing happens; looking again says why.</summary>
    public Task RunAsync(InviteReference reference, CancellationToken cancellationToken) => transactions.RunAsync(
        (unit, ct) => InviteStream.ChangeAsync(unit, reference.InviteId, new DeclineInvite(reference.Generation), ct), cancellationToken);
}
