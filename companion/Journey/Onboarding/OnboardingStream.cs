using System.Text.Json;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;

namespace Companion.Journey.Onboarding;

/// <summary>How onboardings are stored.</summary>
internal static class OnboardingStream
{
    public static AggregateType<Onboarding, OnboardingEvent> Type { get; } = new(
        Onboarding.Initial,
        Onboarding.Evolve,
        OnboardingJson.Default.Onboarding,
        [
            EventType.Of(OnboardingJson.Default.OnboardingStarted),
            EventType.Of(OnboardingJson.Default.OnboardingApproved),
            EventType.Of(OnboardingJson.Default.OnboardingDenied),
            EventType.Of(OnboardingJson.Default.OnboardingCancelled),
            EventType.Of(OnboardingJson.Default.OnboardingCompleted),
            EventType.Of(OnboardingJson.Default.MembershipsGranted),
            EventType.Of(OnboardingJson.Default.MembershipsFailed),
            EventType.Of(OnboardingJson.Default.MembershipsRetried),
            EventType.Of(OnboardingJson.Default.ChatAccountResolved),
            EventType.Of(OnboardingJson.Default.ChatAccountParked),
            EventType.Of(OnboardingJson.Default.ChatAccountUnavailable),
            EventType.Of(OnboardingJson.Default.ChatAccountRetried),
            EventType.Of(OnboardingJson.Default.RoomJoined),
            EventType.Of(OnboardingJson.Default.RoomInvited),
            EventType.Of(OnboardingJson.Default.RoomParked),
            EventType.Of(OnboardingJson.Default.RoomSkipped),
            EventType.Of(OnboardingJson.Default.RoomDeclined),
            EventType.Of(OnboardingJson.Default.RoomBlocked),
            EventType.Of(OnboardingJson.Default.RoomRetried),
            EventType.Of(OnboardingJson.Default.WelcomeSent),
            EventType.Of(OnboardingJson.Default.WelcomeSkipped),
            EventType.Of(OnboardingJson.Default.InviterTold),
            EventType.Of(OnboardingJson.Default.MemberTold),
        ])
    {
        Describe = OnboardingTimeline.Describe,
        FollowUp = OnboardingOutbox.FollowUp,
        Details = onboarding => [Details(onboarding)],
    };

    /// <returns>Why nothing was changed; null when the command holds now.</returns>
    public static Task<Refusal?> ChangeAsync(
        UnitOfWork unit, OnboardingId id, OnboardingCommand command, CancellationToken cancellationToken) =>
        unit.ChangeAsync(Type, id.Value, state => OnboardingDecider.Decide(state, command, unit.Now), cancellationToken);

    private static Statement Details(Onboarding onboarding) => new(
        """
        insert into companion.onboarding_details (onboarding_id, invite_id, account, kind, status, started_at, let_in_at, in_rooms_at, problems)
        values (@onboarding_id, @invite_id, @account, @kind, @status, @started_at, @let_in_at, @in_rooms_at, @problems)
        on conflict (onboarding_id) do update
        set status = excluded.status, problems = excluded.problems,
            let_in_at = coalesce(excluded.let_in_at, onboarding_details.let_in_at),
            in_rooms_at = coalesce(excluded.in_rooms_at, onboarding_details.in_rooms_at)
        """,
        [
            Param.Uuid("onboarding_id", onboarding.Id),
            Param.Uuid("invite_id", onboarding.InviteId.Value),
            Param.Text("account", onboarding.Account.Value),
            Param.Text("kind", EventType.SnakeCase(onboarding.Kind.ToString())),
            Param.Text("status", EventType.SnakeCase(onboarding.Status.ToString())),
            Param.Time("started_at", onboarding.StartedAt),
            Param.Time("let_in_at", onboarding.LetInAt),
            Param.Time("in_rooms_at", onboarding.InRoomsAt),
            Param.Json(
                "problems",
                JsonSerializer.SerializeToUtf8Bytes(OnboardingProblem.Of(onboarding), OnboardingProblemJson.Default.IReadOnlyListOnboardingProblem)),
        ]);
}
