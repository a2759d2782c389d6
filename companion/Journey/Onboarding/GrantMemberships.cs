using Companion.Community.Directory;
using Companion.Foundation.Outbox;

namespace Companion.Journey.Onboarding;

/// <summary>
/// Sees that the account belongs to what it was invited to. Newcomers were given it in the identity provider's own transaction,
/// so for them this only verifies.
/// </summary>
internal sealed class GrantMemberships(Onboardings onboardings, IIdentityProvider identityProvider, TimeProvider clock)
    : OutboxHandler<OnboardingStepDue>(OnboardingOutbox.Memberships)
{
    protected override async Task<OutboxResult> HandleAsync(OutboxMessage<OnboardingStepDue> message, CancellationToken cancellationToken)
    {
        var state = await onboardings.GetAsync(message.StreamId, cancellationToken);
        if (state is not { Status: OnboardingStatus.Running, Granting.Status: StepStatus.Pending or StepStatus.Stuck }
            || state.Granting.Generation != message.Payload.Generation)
        {
            return OutboxResult.Finished;
        }

        return await OnboardingStep.TryAsync(
            clock.GetUtcNow() - message.CreatedAt,
            code => OnboardingStep.Record(state.Id, Failed(message, code)),
            () => EnsureAsync(state, message, cancellationToken));
    }

    protected override Task OnDeadAsync(
        UnitOfWork unit, OutboxMessage<OnboardingStepDue> message, string code, CancellationToken cancellationToken) =>
        OnboardingStream.ChangeAsync(unit, new OnboardingId(message.StreamId), Failed(message, code), cancellationToken);

    private async Task<OutboxResult> EnsureAsync(
        Onboarding state, OutboxMessage<OnboardingStepDue> message, CancellationToken cancellationToken)
    {
        if (await identityProvider.FindAsync(state.Account, cancellationToken) is not { } person)
        {
            return OnboardingStep.AccountGone(state.Id);
        }

        if (OnboardingStep.AwaitVerification(state, person, clock.GetUtcNow() - message.CreatedAt) is { } wait)
        {
            await identityProvider.RequireVerificationAsync(state.Account, cancellationToken);
            return wait;
        }

        var missing = Missing(state.Memberships, person);
        if (missing.Count > 0)
        {
            await identityProvider.GrantAsync(state.Account, missing, state.InviteId, cancellationToken);
            person = await identityProvider.FindAsync(state.Account, cancellationToken);
        }

        return person is not null && Missing(state.Memberships, person).Count == 0
            ? OnboardingStep.Done(state.Id, new RecordMemberships(state.Granting.Generation, null))
            : new OutboxResult.Retry("memberships_not_visible");
    }

    private static List<Membership> Missing(IReadOnlyList<Membership> memberships, Person person) => [.. memberships.Except(person.Memberships)];

    private static RecordMemberships Failed(OutboxMessage<OnboardingStepDue> message, string code) => new(message.Payload.Generation, code);
}
