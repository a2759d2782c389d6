using Companion.Community.Directory;
using Companion.Foundation.Outbox;
using Companion.Journey.Invites;

namespace Companion.Journey.Registrations;

/// <summary>A granted claim whose end is looked for.</summary>
internal sealed record ClaimLook(InviteId InviteId, string ClaimKey, AccountId Account, DateTimeOffset LeaseUntil);

/// <summary>
/// The end of a claim needs no message: its timer, written with it, asks the identity provider whether the account is there.
/// It looks once more a lease after the release, for an account that was committed very late.
/// </summary>
internal sealed class ReconcileClaim(
    IIdentityProvider identityProvider,
    Redemptions redemptions,
    NpgsqlDataSource dataSource,
    IOptions<RegistrationOptions> options,
    TimeProvider clock) : OutboxHandler<ClaimLook>(Kinds)
{
    private static readonly OutboxKind<ClaimLook> Kinds = new("claim_reconcile", RegistrationJson.Strict.ClaimLook);

    public static void Schedule(UnitOfWork unit, Invite claimed, RegistrationOptions options)
    {
        var claim = claimed.Claim!;
        unit.Enqueue(
            Kinds,
            claimed.Id,
            new ClaimLook(new InviteId(claimed.Id), claim.Key, claim.Account, claim.LeaseUntil),
            unit.Now + options.FirstLook);
    }

    protected override async Task<OutboxResult> HandleAsync(OutboxMessage<ClaimLook> message, CancellationToken cancellationToken)
    {
        var look = message.Payload;
        var invite = await dataSource.ReadAsync(InviteStream.Type, look.InviteId.Value, cancellationToken);
        if (invite.Status == InviteStatus.Redeemed && invite.Account == look.Account)
        {
            return OutboxResult.Finished;
        }

        try
        {
            var marked = await identityProvider.FindByInviteAsync(look.InviteId, cancellationToken);
            return marked.Any(person => person.Id == look.Account)
                ? new OutboxResult.Done((unit, ct) => redemptions.RecordAsync(
                    unit, look.InviteId, Redemptions.InOrder(marked, look.Account), null, ct))
                : Absent(message, invite);
        }
        catch (IdentityProviderException exception)
        {
            // Nobody knows: the invite stays held, however long this takes.
            return new OutboxResult.Wait(exception.Code, exception.RetryAfter ?? options.Value.LongestPause);
        }
    }

    private OutboxResult Absent(OutboxMessage<ClaimLook> message, Invite invite)
    {
        var (look, now) = (message.Payload, clock.GetUtcNow());
        var lastLook = look.LeaseUntil + options.Value.ClaimLease;
        var held = invite.Claim is { } claim && claim.Key == look.ClaimKey && claim.Account == look.Account;
        OutboxEffect? release = held && now >= look.LeaseUntil
            ? (unit, ct) => InviteStream.ChangeAsync(
                unit, look.InviteId, new ReleaseInvite(look.ClaimKey, look.Account, "lease_over"), ct)
            : null;
        if (now >= lastLook)
        {
            return new OutboxResult.Done(release);
        }

        return held && release is null
            ? new OutboxResult.Wait("account_absent", Pause(now - message.CreatedAt, look.LeaseUntil - now))
            : new OutboxResult.Wait("released", lastLook - now, release);
    }

    /// <summary>As long as it has taken so far, within the limits, and not beyond the lease.</summary>
    private TimeSpan Pause(TimeSpan soFar, TimeSpan left)
    {
        var (shortest, longest) = (options.Value.FirstLook, options.Value.LongestPause);
        var pause = soFar < shortest ? shortest : soFar > longest ? longest : soFar;
        return pause < left ? pause : left;
    }
}
