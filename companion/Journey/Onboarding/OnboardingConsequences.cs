using Companion.Community.Directory;

namespace Companion.Journey.Onboarding;

/// <summary>What follows at once from the state that an event led to.</summary>
internal static class OnboardingConsequences
{
    public static IEnumerable<OnboardingEvent> Of(Onboarding state, DateTimeOffset now)
    {
        if (state.Status != OnboardingStatus.Running)
        {
            yield break;
        }

        while (Next(state, now) is { } @event)
        {
            yield return @event;
            state = Onboarding.Evolve(state, @event);
        }
    }

    private static OnboardingEvent? Next(Onboarding state, DateTimeOffset now)
    {
        OnboardingId id = new(state.Id);
        if (state.Status != OnboardingStatus.Running)
        {
            return null;
        }

        if (state.ChatAccount.Status == StepStatus.Unavailable && state.Rooms.FirstOrDefault(room => !room.IsSettled) is { } room)
        {
            return new RoomSkipped(id, room.Id, state.ChatAccount.Code ?? "unspecified", null, now);
        }

        if (!state.Told && IsTimeToTell(state))
        {
            return state.Kind == OnboardingKind.Newcomer ? new InviterTold(id, now) : new MemberTold(id, now);
        }

        return IsComplete(state) ? new OnboardingCompleted(id, now) : null;
    }

    /// <summary>An inviter hears of a newcomer when everything was tried once; a member when the memberships are there.</summary>
    private static bool IsTimeToTell(Onboarding state) => state.Kind == OnboardingKind.Member
        ? state.Granting.Status == StepStatus.Done
        : state.Granting.Status != StepStatus.Pending
            && (state.ChatAccount.Status == StepStatus.Stuck || state.Rooms.All(room => room.Status != RoomStatus.Pending));

    private static bool IsComplete(Onboarding state) =>
        state.Told
        && state.Granting.Status == StepStatus.Done
        && state.Rooms.All(room => room.IsSettled)
        && (state.Welcome != StepStatus.Pending || !state.IsWelcomed);
}
