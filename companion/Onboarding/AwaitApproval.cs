using Companion.Directory;
using Companion.Outbox;

namespace Companion.Onboarding;

/// <summary>The slow way to learn of an approval whose fact was lost: asks the identity provider now and then.</summary>
internal sealed class AwaitApproval(Onboardings onboardings, IIdentityProvider identityProvider, TimeProvider clock)
    : OutboxHandler<OnboardingStepDue>(OnboardingOutbox.Approval)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

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
            null => OnboardingStep.AccountGone(state.Id),
            { Approval: "approved" } => OnboardingStep.Done(state.Id, new SettleApproval(state.Account, true)),
            { Approval: "denied" } => OnboardingStep.Done(state.Id, new SettleApproval(state.Account, false)),
            _ => new OutboxResult.Wait("awaiting_approval", OnboardingStep.Patience(age, Longest)),
        });
    }
}
