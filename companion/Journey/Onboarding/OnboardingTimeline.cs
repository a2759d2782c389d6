using Companion.Community.Timeline;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;

namespace Companion.Journey.Onboarding;

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
        EventType.SnakeCase(@event.GetType().Name),
        at,
        null,
        state.Account,
        state.Kind == OnboardingKind.Newcomer ? state.Inviter : null,
        state.InviteId,
        detail);
}
