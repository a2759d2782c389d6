using Companion.Journey.Invites;

namespace Companion.Journey.Landing;

/// <summary>
/// When somebody first and last went on from an invitation's page. Shown to inviter and moderators; decides nothing, so it is no event and may be lost.
/// </summary>
internal sealed class InviteOpenings(NpgsqlDataSource dataSource)
{
    public Task RecordAsync(InviteId invite, DateTimeOffset now, CancellationToken cancellationToken) => dataSource.ExecuteAsync(
        """
        insert into companion.invite_opening (invite_id, first_opened_at, opened_at) values (@invite_id, @now, @now)
        on conflict (invite_id) do update set opened_at = excluded.opened_at
        """,
        [Param.Uuid("invite_id", invite.Value), Param.Time("now", now)],
        cancellationToken);
}

/// <summary>The invitee says no.</summary>
internal sealed class DeclineByInvitee(Transactions transactions)
{
    /// <summary>Where the invite can't be declined any more, nothing happens; looking again says why.</summary>
    public Task RunAsync(InviteReference reference, CancellationToken cancellationToken) => transactions.RunAsync(
        (unit, ct) => InviteStream.ChangeAsync(unit, reference.InviteId, new DeclineInvite(reference.Generation), ct), cancellationToken);
}

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
