using Companion.Community.Directory;
using Companion.Foundation.Outbox;

namespace Companion.Journey.Onboarding;

/// <summary>The slow way to learn of an approval whose fact was lost: asks the identity provider now and then.</summary>
internal sealed class AwaitApproval(Onboardings onboardings, IIdentityProvider identityProvider, TimeProvider clock)
    : OutboxHandler<OnboardingStepDue>(OnboardingOutbox.Approval)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>The fact of a decision tells who made it, which can't be seen here: it is given this long to arrive.</summary>
    private static readonly TimeSpan HeadStart = TimeSpan.FromSeconds(30);

    protected override async Task<OutboxResult> HandleAsync(OutboxMessage<OnboardingStepDue> message, CancellationToken cancellationToken)
    {
        var state = await onboardings.GetAsync(message.StreamId, cancellationToken);
        if (state.Status != OnboardingStatus.AwaitingApproval)
        {
            return OutboxResult.Finished;
        }

        var age = clock.GetUtcNow() - message.CreatedAt;
        return await OnboardingStep.TryAsync(age, _ => null, async () => await identityProvider.FindAsync(state.Account, cancellationToken) switch
        {
            { Approval: not ("approved" or "denied") } => new OutboxResult.Wait("awaiting_approval", OnboardingStep.Patience(age, Longest)),
            _ when message.Payload == OnboardingOutbox.FirstLooks => LookAgain(state.Id),
            null => OnboardingStep.AccountGone(state.Id),
            { Approval: var decision } => OnboardingStep.Done(state.Id, new SettleApproval(state.Account, decision == "approved")),
        });
    }

    private static OutboxResult.Done LookAgain(Guid onboarding) => new((unit, _) =>
    {
        unit.Enqueue(OnboardingOutbox.Approval, onboarding, OnboardingOutbox.LastLook, unit.Now + HeadStart);
        return Task.CompletedTask;
    });
}
