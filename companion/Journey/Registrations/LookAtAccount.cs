using Companion.Community.Directory;
using Companion.Foundation.Outbox;
using Companion.Journey.Invites;

namespace Companion.Journey.Registrations;

/// <summary>A hint that something became of this account of this invite.</summary>
/// <param name="By">Who is said to have decided on it.</param>
/// <param name="Denied">It is said to be denied: an account that is gone then was deleted for that.</param>
internal sealed record AccountLook(InviteId InviteId, AccountId Account, AccountId? By = null, bool Denied = false);

/// <summary>Reads which accounts carry the invite's mark, and records what that means.</summary>
internal sealed class LookAtAccount(IIdentityProvider identityProvider, Redemptions redemptions, IOnboarding onboarding) : OutboxHandler<AccountLook>(Look)
{
    public static OutboxKind<AccountLook> Look { get; } = new("account_look", RegistrationJson.Strict.AccountLook);

    protected override async Task<OutboxResult> HandleAsync(OutboxMessage<AccountLook> message, CancellationToken cancellationToken)
    {
        try
        {
            var look = message.Payload;
            var marked = await identityProvider.FindByInviteAsync(look.InviteId, cancellationToken);
            if (look.Denied && marked.All(person => person.Id != look.Account) && await identityProvider.FindAsync(look.Account, cancellationToken) is null)
            {
                return new OutboxResult.Done((unit, ct) => onboarding.SettleAsync(unit, look.InviteId, look.Account, false, look.By, ct));
            }

            // Not there: the timer of the claim keeps looking.
            return marked.Count == 0
                ? OutboxResult.Finished
                : new OutboxResult.Done((unit, ct) => redemptions.RecordAsync(
                    unit, look.InviteId, Redemptions.InOrder(marked, look.Account), look.By, ct));
        }
        catch (IdentityProviderException exception)
        {
            return new OutboxResult.Retry(exception.Code, exception.RetryAfter);
        }
    }
}
