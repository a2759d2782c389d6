using Companion.Community.Timeline;

namespace Companion.Journey.Onboarding;

/// <summary>How onboardings are stored.</summary>
internal static class OnboardingStream
{
    public static AggregateType<Onboarding, OnboardingEvent> Type { get; } = new(Onboarding.Initial, Onboarding.Evolve, OnboardingJson.Default)
    {
        Tell = TimelineSql.Telling<Onboarding, OnboardingEvent>(OnboardingTimeline.Describe),
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
            Param.Text("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(onboarding.Kind.ToString())),
            Param.Text("status", JsonNamingPolicy.SnakeCaseLower.ConvertName(onboarding.Status.ToString())),
            Param.Time("started_at", onboarding.StartedAt),
            Param.Time("let_in_at", onboarding.LetInAt),
            Param.Time("in_rooms_at", onboarding.InRoomsAt),
            Param.Json(
                "problems",
                JsonSerializer.SerializeToUtf8Bytes(OnboardingProblem.Of(onboarding), OnboardingProblemJson.Default.IReadOnlyListOnboardingProblem)),
        ]);
}

/// <summary>Stored shapes of the onboarding stream: member names as they are, enums as strings.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(Onboarding))]
[JsonSerializable(typeof(OnboardingStarted))]
[JsonSerializable(typeof(OnboardingApproved))]
[JsonSerializable(typeof(OnboardingDenied))]
[JsonSerializable(typeof(OnboardingCancelled))]
[JsonSerializable(typeof(OnboardingCompleted))]
[JsonSerializable(typeof(MembershipsGranted))]
[JsonSerializable(typeof(MembershipsFailed))]
[JsonSerializable(typeof(MembershipsRetried))]
[JsonSerializable(typeof(ChatAccountResolved))]
[JsonSerializable(typeof(ChatAccountParked))]
[JsonSerializable(typeof(ChatAccountUnavailable))]
[JsonSerializable(typeof(ChatAccountRetried))]
[JsonSerializable(typeof(RoomJoined))]
[JsonSerializable(typeof(RoomInvited))]
[JsonSerializable(typeof(RoomParked))]
[JsonSerializable(typeof(RoomSkipped))]
[JsonSerializable(typeof(RoomDeclined))]
[JsonSerializable(typeof(RoomBlocked))]
[JsonSerializable(typeof(RoomRetried))]
[JsonSerializable(typeof(WelcomeSent))]
[JsonSerializable(typeof(WelcomeSkipped))]
[JsonSerializable(typeof(InviterTold))]
[JsonSerializable(typeof(MemberTold))]
internal sealed partial class OnboardingJson : JsonSerializerContext;

/// <summary>What of an onboarding the timeline shows, and to whom.</summary>
internal static class OnboardingTimeline
{
    public static TimelineEntry? Describe(Onboarding state, OnboardingEvent @event) => @event switch
    {
        OnboardingStarted e => BySystem(state, e, e.At),
        OnboardingApproved e => BySystem(state, e, e.At) with { Actor = e.By },
        OnboardingDenied e => BySystem(state, e, e.At) with { Actor = e.By },
        OnboardingCancelled e => BySystem(state, e, e.At, e.Code),
        OnboardingCompleted e => BySystem(state, e, e.At),
        MembershipsGranted e => BySystem(state, e, e.At),
        MembershipsFailed e => BySystem(state, e, e.At, e.Code),
        MembershipsRetried e => ByModerator(state, e, e.At, e.By, null),
        ChatAccountResolved e => BySystem(state, e, e.At),
        ChatAccountParked e => BySystem(state, e, e.At, e.Code),
        ChatAccountUnavailable e => BySystem(state, e, e.At, e.Code),
        ChatAccountRetried e => ByModerator(state, e, e.At, e.By, null),
        RoomJoined e => BySystem(state, e, e.At, e.Room.Value),
        RoomInvited e => BySystem(state, e, e.At, e.Room.Value),
        RoomParked e => BySystem(state, e, e.At, Detail(e.Code, e.Room)),
        RoomSkipped { By: { } by } e => ByModerator(state, e, e.At, by, Detail(e.Code, e.Room)),
        RoomSkipped e => BySystem(state, e, e.At, Detail(e.Code, e.Room)),
        RoomDeclined e => BySystem(state, e, e.At, Detail(e.Code, e.Room)),
        RoomBlocked e => BySystem(state, e, e.At, Detail(e.Code, e.Room)),
        RoomRetried e => ByModerator(state, e, e.At, e.By, e.Room.Value),
        WelcomeSent e => BySystem(state, e, e.At),
        WelcomeSkipped e => BySystem(state, e, e.At, e.Code),
        InviterTold e => BySystem(state, e, e.At),
        MemberTold e => BySystem(state, e, e.At),
        _ => throw new InvalidOperationException($"Unknown onboarding event {@event.GetType().Name}."),
    };

    private static string Detail(string code, RoomId room) => $"{code} {room}";

    private static TimelineEntry ByModerator(Onboarding state, OnboardingEvent @event, DateTimeOffset at, AccountId by, string? detail) =>
        BySystem(state, @event, at, detail) with { Actor = by };

    /// <summary>That an invite found an account must not show to its inviter, so members' onboardings are for moderators only.</summary>
    private static TimelineEntry BySystem(Onboarding state, OnboardingEvent @event, DateTimeOffset at, string? detail = null) => new(
        TimelineKind.AdminEvent,
        JsonNamingPolicy.SnakeCaseLower.ConvertName(@event.GetType().Name),
        at,
        null,
        state.Account,
        state.Kind == OnboardingKind.Newcomer ? state.Inviter : null,
        state.InviteId,
        detail);
}
