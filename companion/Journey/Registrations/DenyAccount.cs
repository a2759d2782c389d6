using Companion.Community.Directory;
using Companion.Foundation.Outbox;
using Companion.Journey.Invites;

namespace Companion.Journey.Registrations;

/// <summary>Shuts out the second account of an invite.</summary>
internal sealed class DenyAccount(IIdentityProvider identityProvider, IOnboarding onboarding) : OutboxHandler<AccountLook>(Deny)
{
    public static OutboxKind<AccountLook> Deny { get; } = new("account_deny", RegistrationJson.Strict.AccountLook);

    protected override async Task<OutboxResult> HandleAsync(OutboxMessage<AccountLook> message, CancellationToken cancellationToken)
    {
        try
        {
            await identityProvider.DecideAsync(message.Payload.Account, approve: false, "second account of one invite", cancellationToken);
            return new OutboxResult.Done((unit, _) =>
            {
                onboarding.CloseChat(unit, message.StreamId, message.Payload.Account);
                return Task.CompletedTask;
            });
        }
        catch (IdentityProviderException exception) when (exception.IsTransient)
        {
            return new OutboxResult.Retry(exception.Code, exception.RetryAfter);
        }
        catch (IdentityProviderException exception)
        {
            return new OutboxResult.Dead(exception.Code);
        }
    }
}
