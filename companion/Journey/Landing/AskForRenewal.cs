using Companion.Community.Messages;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.Journey.Invites;

namespace Companion.Journey.Landing;

/// <summary>The invitee of an expired invite asks for a new link: the inviter is told, once a day at most.</summary>
internal sealed class AskForRenewal(Transactions transactions)
{
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    public Task RunAsync(InviteReference reference, CancellationToken cancellationToken) => transactions.RunAsync(
        async (unit, ct) =>
        {
            var invite = (await unit.LoadAsync(InviteStream.Type, reference.InviteId.Value, ct)).State;
            if (InviteDecider.Obstacle(invite, reference.Generation, unit.Now) != InviteRefusals.Expired)
            {
                return false;
            }

            await TellInviterAsync(unit, invite, ct);
            return true;
        },
        cancellationToken);

    /// <summary>In a transaction that found the invite expired.</summary>
    public static async Task TellInviterAsync(UnitOfWork unit, Invite invite, CancellationToken cancellationToken)
    {
        var isFirst = await unit.QueryAsync(
            """
            insert into companion.invite_renewal (invite_id, asked_at) values (@invite_id, @now)
            on conflict (invite_id) do update set asked_at = excluded.asked_at where invite_renewal.asked_at <= @before
            returning invite_id
            """,
            _ => true,
            [
                Param.Uuid("invite_id", invite.Id),
                Param.Time("now", unit.Now),
                Param.Time("before", unit.Now - Interval),
            ],
            cancellationToken);
        if (isFirst.Count > 0)
        {
            unit.Enqueue(
                DeliveryOutbox.Notice, invite.Id, new NoticeMailDue(invite.Inviter, NoticeTemplates.RenewalAsked, InviteId: new InviteId(invite.Id)));
        }
    }
}
