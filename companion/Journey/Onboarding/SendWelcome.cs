using Companion.Community.Directory;
using Companion.Foundation.Outbox;

namespace Companion.Journey.Onboarding;

/// <summary>Sends a newcomer the first direct message, once.</summary>
internal sealed class SendWelcome(Onboardings onboardings, IIdentityProvider identityProvider, IChatServer chatServer, TimeProvider clock)
    : OutboxHandler<OnboardingStepDue>(OnboardingOutbox.Welcome)
{
    /// <summary>Direct messages go out one after the other.</summary>
    public override int MaxParallel => 1;

    protected override async Task<OutboxResult> HandleAsync(OutboxMessage<OnboardingStepDue> message, CancellationToken cancellationToken)
    {
        var state = await onboardings.GetAsync(message.StreamId, cancellationToken);
        if (state is not { Status: OnboardingStatus.Running, Welcome: StepStatus.Pending })
        {
            return OutboxResult.Finished;
        }

        return await OnboardingStep.TryAsync(
            clock.GetUtcNow() - message.CreatedAt,
            _ => null,
            async () => await identityProvider.FindAsync(state.Account, cancellationToken) is { } person
                ? OnboardingStep.Done(
                    state.Id, new RecordWelcome(await chatServer.WelcomeAsync(person, new OnboardingId(state.Id), cancellationToken)))
                : OnboardingStep.AccountGone(state.Id));
    }

    protected override Task OnDeadAsync(
        UnitOfWork unit, OutboxMessage<OnboardingStepDue> message, string code, CancellationToken cancellationToken) =>
        OnboardingStream.ChangeAsync(unit, new OnboardingId(message.StreamId), new RecordWelcome(code), cancellationToken);
}
