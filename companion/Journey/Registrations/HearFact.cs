using Companion.Foundation.Web;

namespace Companion.Journey.Registrations;

/// <summary>
/// registered, approved and denied all mean the same here: look at the account now. So no message is believed, none needs to
/// arrive, and one place decides what an account means for its invite.
/// </summary>
internal sealed class HearFact(RegistrationWebhooks webhooks)
{
    public Task<byte[]> AnswerAsync(WebhookMessage message, FactMessage fact, CancellationToken cancellationToken) =>
        webhooks.OnceAsync(
            message,
            (unit, _) =>
            {
                unit.Enqueue(LookAtAccount.Look, fact.InviteId.Value, new AccountLook(fact.InviteId, fact.AccountId, fact.By, fact.Type == "denied"));
                return Task.FromResult(Answers.Heard);
            },
            cancellationToken);
}
