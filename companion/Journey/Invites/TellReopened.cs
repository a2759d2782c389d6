using Companion.Community.Contacts;
using Companion.Community.Directory;
using Companion.Community.Pausing;
using Companion.Foundation.Outbox;

namespace Companion.Journey.Invites;

/// <summary>
/// Has the invitee told who wished to hear when a pause is over, with a link that works. An invite that ran out meanwhile is sent anew
/// where the rules allow it; where they don't, its inviter hears that a new link is asked for.
/// </summary>
internal sealed class TellReopened(NpgsqlDataSource dataSource, InviteStandings standings, IOptions<InvitePolicy> policy)
    : OutboxHandler<ReopenedDue>(PauseOutbox.Reopened)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(5);

    protected override async Task<OutboxResult> HandleAsync(OutboxMessage<ReopenedDue> message, CancellationToken cancellationToken)
    {
        try
        {
            var invite = await dataSource.ReadAsync(InviteStream.Type, message.Payload.InviteId.Value, cancellationToken);
            var standing = await standings.ReadAsync(invite, cancellationToken);
            return standing.Paused is { } paused
                ? new OutboxResult.Wait(paused.Code, LookAgain)
                : new OutboxResult.Done((unit, ct) => TellAsync(unit, message.Payload, standing.Rights, ct));
        }
        catch (IdentityProviderException exception)
        {
            return new OutboxResult.Wait(exception.Code, exception.RetryAfter ?? LookAgain);
        }
    }

    private async Task TellAsync(UnitOfWork unit, ReopenedDue due, InviteRights rights, CancellationToken cancellationToken)
    {
        var stream = await unit.LoadAsync(InviteStream.Type, due.InviteId.Value, cancellationToken);
        var obstacle = InviteDecider.Obstacle(stream.State, stream.State.Generation, unit.Now);
        if (obstacle is null && stream.State.Delivery != InviteDelivery.Pending)
        {
            unit.Enqueue(
                InviteOutbox.Mail, stream.StreamId, new InviteMailDue(due.InviteId, stream.State.Generation, InviteMailOccasion.Reopened));
        }
        else if (obstacle == InviteRefusals.Expired)
        {
            await SendAnewAsync(unit, stream, due, rights, cancellationToken);
        }
    }

    private async Task SendAnewAsync(
        UnitOfWork unit, Loaded<Invite> stream, ReopenedDue due, InviteRights rights, CancellationToken cancellationToken)
    {
        var decision = await ContactTable.FindAsync(unit, stream.State.ContactId, cancellationToken) is null
            ? Decision<InviteEvent>.Refuse(InviteRefusals.ContactForgotten)
            : InviteDecider.Decide(
                stream.State,
                new ResendInvite(
                    due.By, (await InviteUsage.ReadAsync(unit, stream.State, cancellationToken)).ToFacts(rights), policy.Value, Reopened: true),
                unit.Now);
        unit.Append(InviteStream.Type, stream, decision.Events);
        if (decision.Refusal is not null)
        {
            await RenewalRequests.TellInviterAsync(unit, stream.State, cancellationToken);
        }
    }
}
