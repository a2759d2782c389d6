using Companion.Community.Messages;

namespace Companion.Journey.Invites;

/// <summary>Table companion.invite_renewal: when invitees of expired invites last asked for a new link.</summary>
internal static class RenewalRequests
{
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    /// <summary>Once a day at most, in a transaction that found the invite expired.</summary>
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
