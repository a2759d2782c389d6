using Companion.Decisions;
using Companion.EventStore;

namespace Companion.Onboarding;

/// <summary>The one way an onboarding changes: load, decide, append, and enqueue what follows.</summary>
internal static class OnboardingChange
{
    /// <returns>Why nothing was changed; null when the command holds now.</returns>
    public static async Task<Refusal?> AppendAsync(
        UnitOfWork unit, OnboardingId id, OnboardingCommand command, CancellationToken cancellationToken)
    {
        var stream = await unit.LoadAsync(OnboardingStream.Type, id.Value, cancellationToken);
        switch (OnboardingDecider.Decide(stream.State, command, unit.Now))
        {
            case Decision<OnboardingEvent>.Refused refused:
                return refused.Refusal;
            case Decision<OnboardingEvent>.Accepted accepted:
                var changed = unit.Append(OnboardingStream.Type, stream, accepted.Events);
                OnboardingPlan.Enqueue(unit, changed.State, accepted.Events);
                return null;
            default:
                throw new InvalidOperationException("A decision is accepted or refused.");
        }
    }
}
