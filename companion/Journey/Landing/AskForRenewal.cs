using Companion.Foundation.Store;
using Companion.Journey.Invites;

namespace Companion.Journey.Landing;

/// <summary>The invitee of an expired invite asks for a new link: the inviter is told, once a day at most.</summary>
internal sealed class AskForRenewal(Transactions transactions)
{
    public Task RunAsync(InviteReference reference, CancellationToken cancellationToken) => transactions.RunAsync(
        async (unit, ct) =>
        {
            var invite = (await unit.LoadAsync(InviteStream.Type, reference.InviteId.Value, ct)).State;
            if (InviteDecider.Obstacle(invite, reference.Generation, unit.Now) != InviteRefusals.Expired)
            {
                return false;
            }

            await RenewalRequests.TellInviterAsync(unit, invite, ct);
            return true;
        },
        cancellationToken);
}
