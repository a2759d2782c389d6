using Companion.Foundation.Outbox;

namespace Companion.Journey.Invites;

/// <summary>Reminds of an invite that runs out in Invites:ReminderBefore, unless that is as long as it runs at all.</summary>
internal sealed class InviteReminderHandler(
    NpgsqlDataSource dataSource, InviteStandings standings, IOptions<InvitePolicy> policy, TimeProvider clock)
    : OutboxHandler<InviteReminderDue>(InviteOutbox.Reminder)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(5);

    protected override async Task<OutboxResult> HandleAsync(OutboxMessage<InviteReminderDue> message, CancellationToken cancellationToken)
    {
        var due = message.Payload;
        var at = due.ExpiresAt - policy.Value.ReminderBefore;
        var invite = await dataSource.ReadAsync(InviteStream.Type, due.InviteId.Value, cancellationToken);
        if (!invite.IsOpen || invite.ExpiresAt != due.ExpiresAt || at <= message.CreatedAt)
        {
            return OutboxResult.Finished;
        }

        if (clock.GetUtcNow() < at)
        {
            return new OutboxResult.Done((unit, _) =>
            {
                unit.Enqueue(InviteOutbox.Reminder, invite.Id, due, at);
                return Task.CompletedTask;
            });
        }

        // Whoever registers now may give up, and then there is something to remind of.
        return invite.Status == InviteStatus.Claimed
            ? new OutboxResult.Wait(InviteRefusals.InUse.Code, LookAgain)
            : await RemindAsync(invite, due, cancellationToken);
    }

    private async Task<OutboxResult> RemindAsync(Invite invite, InviteReminderDue due, CancellationToken cancellationToken)
    {
        try
        {
            var standing = await standings.ReadAsync(invite, cancellationToken);
            return standing.Paused is { } paused ? new OutboxResult.Wait(paused.Code, LookAgain)
                : standing.IsInviterGone(invite) ? OutboxResult.Finished
                : new OutboxResult.Done((unit, ct) => InviteStream.ChangeAsync(unit, due.InviteId, new RemindInvite(due.ExpiresAt), ct));
        }
        catch (IdentityProviderException exception)
        {
            return new OutboxResult.Wait(exception.Code, exception.RetryAfter ?? LookAgain);
        }
    }
}
