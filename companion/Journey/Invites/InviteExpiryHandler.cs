using Companion.Foundation.Outbox;

namespace Companion.Journey.Invites;

/// <summary>Ends invites whose time is over.</summary>
internal sealed class InviteExpiryHandler() : OutboxHandler<InviteExpiryDue>(InviteOutbox.Expiry)
{
    /// <summary>Time for the reconciler to settle a claim whose lease has ended.</summary>
    private static readonly TimeSpan AfterLease = TimeSpan.FromMinutes(1);

    protected override Task<OutboxResult> HandleAsync(OutboxMessage<InviteExpiryDue> message, CancellationToken cancellationToken) =>
        Task.FromResult<OutboxResult>(new OutboxResult.Done((unit, ct) => ExpireAsync(unit, message.Payload, ct)));

    private static async Task ExpireAsync(UnitOfWork unit, InviteExpiryDue due, CancellationToken cancellationToken)
    {
        var stream = await unit.LoadAsync(InviteStream.Type, due.InviteId.Value, cancellationToken);
        var decision = InviteDecider.Decide(stream.State, new ExpireInvite(), unit.Now);
        if (unit.Append(InviteStream.Type, stream, decision.Events).State is { IsOpen: true } open)
        {
            unit.Enqueue(InviteOutbox.Expiry, due.InviteId.Value, due, NextLook(open, unit.Now));
        }
    }

    /// <summary>A resend has moved the end, or a registration holds the invite past it.</summary>
    private static DateTimeOffset NextLook(Invite invite, DateTimeOffset now)
    {
        var next = invite.Claim is { } claim && claim.LeaseUntil + AfterLease > invite.ExpiresAt ? claim.LeaseUntil + AfterLease : invite.ExpiresAt;
        return next > now ? next : now + AfterLease;
    }
}
