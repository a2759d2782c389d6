using Companion.Community.Directory;
using Companion.Foundation.Outbox;

namespace Companion.Journey.Onboarding;

/// <summary>Sees that the person has a chat account; the rooms wait for it. Only newcomers get one made.</summary>
internal sealed class ResolveChatAccount(
    Onboardings onboardings, IIdentityProvider identityProvider, IChatServer chatServer, TimeProvider clock)
    : OutboxHandler<OnboardingStepDue>(OnboardingOutbox.ChatAccount)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    public override int MaxParallel => 2;

    protected override async Task<OutboxResult> HandleAsync(OutboxMessage<OnboardingStepDue> message, CancellationToken cancellationToken)
    {
        var state = await onboardings.GetAsync(message.StreamId, cancellationToken);
        if (state is not { Status: OnboardingStatus.Running, ChatAccount.Status: StepStatus.Pending or StepStatus.Stuck }
            || state.ChatAccount.Generation != message.Payload.Generation)
        {
            return OutboxResult.Finished;
        }

        var age = clock.GetUtcNow() - message.CreatedAt;
        OutboxEffect Park(string code) => OnboardingStep.Record(state.Id, Parked(message, code));
        return await OnboardingStep.TryAsync(age, Park, async () => await identityProvider.FindAsync(state.Account, cancellationToken) switch
        {
            null => OnboardingStep.AccountGone(state.Id),
            { Enabled: false } => OnboardingStep.Park("account_disabled", Park("account_disabled")),
            { } person when OnboardingStep.AwaitVerification(state, person, age) is { } wait => wait,
            { } person => Result(state, message, age, await chatServer.FindAccountAsync(
                person, state.Kind == OnboardingKind.Newcomer, message.CreatedAt, cancellationToken)),
        });
    }

    protected override Task OnDeadAsync(
        UnitOfWork unit, OutboxMessage<OnboardingStepDue> message, string code, CancellationToken cancellationToken) =>
        OnboardingStream.ChangeAsync(unit, new OnboardingId(message.StreamId), Parked(message, code), cancellationToken);

    private static OutboxResult Result(Onboarding state, OutboxMessage<OnboardingStepDue> message, TimeSpan age, ChatAccountAnswer answer)
    {
        RecordChatAccount command = new(message.Payload.Generation, answer.Status, answer.Code);
        return answer.Status == StepStatus.Stuck
            ? new OutboxResult.Wait(answer.Code!, OnboardingStep.Patience(age, LongestWait), OnboardingStep.Record(state.Id, command))
            : OnboardingStep.Done(state.Id, command);
    }

    private static RecordChatAccount Parked(OutboxMessage<OnboardingStepDue> message, string code) =>
        new(message.Payload.Generation, StepStatus.Stuck, code);
}
