using Companion.Journey.Invites;

namespace Companion.Journey.Onboarding;

/// <summary>What happened after an invite was redeemed. Append-only contracts, as <see cref="InviteEvent"/>.</summary>
public abstract record OnboardingEvent
{
    private protected OnboardingEvent()
    {
    }
}

/// <param name="AwaitingApproval">Nothing is done before a human has approved the account.</param>
/// <param name="DefaultRooms">Chosen by what the newcomer answered; nobody else need be in them.</param>
public sealed record OnboardingStarted(
    OnboardingId OnboardingId,
    InviteId InviteId,
    AccountId Account,
    AccountId Inviter,
    OnboardingKind Kind,
    IReadOnlyList<Membership> Memberships,
    IReadOnlyList<RoomId> Rooms,
    string Language,
    bool AwaitingApproval,
    DateTimeOffset At,
    IReadOnlyList<RoomId>? DefaultRooms = null) : OnboardingEvent;

/// <param name="By">Who decided at the identity provider; null where it doesn't tell, and for decisions made here.</param>
public sealed record OnboardingApproved(OnboardingId OnboardingId, DateTimeOffset At, AccountId? By = null) : OnboardingEvent;

/// <inheritdoc cref="OnboardingApproved"/>
public sealed record OnboardingDenied(OnboardingId OnboardingId, DateTimeOffset At, AccountId? By = null) : OnboardingEvent;

/// <param name="Code">account_gone: there is nobody to onboard any more. address_unverified: the member never confirmed the address.</param>
public sealed record OnboardingCancelled(OnboardingId OnboardingId, string Code, DateTimeOffset At) : OnboardingEvent;

/// <summary>Everything that was left to do is done, skipped or ruled out.</summary>
public sealed record OnboardingCompleted(OnboardingId OnboardingId, DateTimeOffset At) : OnboardingEvent;

/// <summary>The account was seen to belong to everything that it was invited to.</summary>
public sealed record MembershipsGranted(OnboardingId OnboardingId, DateTimeOffset At) : OnboardingEvent;

public sealed record MembershipsFailed(OnboardingId OnboardingId, string Code, DateTimeOffset At) : OnboardingEvent;

public sealed record MembershipsRetried(OnboardingId OnboardingId, AccountId By, DateTimeOffset At) : OnboardingEvent;

/// <summary>The person's chat account is known to the chat server by the id of the account here.</summary>
public sealed record ChatAccountResolved(OnboardingId OnboardingId, DateTimeOffset At) : OnboardingEvent;

/// <param name="Code">account_not_there_yet while the person has not signed in to the chat server; anything else is a problem.</param>
public sealed record ChatAccountParked(OnboardingId OnboardingId, string Code, DateTimeOffset At) : OnboardingEvent;

/// <summary>There will be no chat account; the rooms are skipped.</summary>
public sealed record ChatAccountUnavailable(OnboardingId OnboardingId, string Code, DateTimeOffset At) : OnboardingEvent;

public sealed record ChatAccountRetried(OnboardingId OnboardingId, AccountId By, DateTimeOffset At) : OnboardingEvent;

/// <param name="Into">The room that has replaced the one of the invite; null when it was not replaced.</param>
public sealed record RoomJoined(OnboardingId OnboardingId, RoomId Room, RoomId? Into, DateTimeOffset At) : OnboardingEvent;

/// <inheritdoc cref="RoomJoined"/>
public sealed record RoomInvited(OnboardingId OnboardingId, RoomId Room, RoomId? Into, DateTimeOffset At) : OnboardingEvent;

/// <summary>The room can't take anybody now; it is tried again until it can, is skipped or retried by a moderator.</summary>
public sealed record RoomParked(OnboardingId OnboardingId, RoomId Room, string Code, DateTimeOffset At) : OnboardingEvent;

/// <param name="By">The moderator who skipped it; null when the rules did.</param>
public sealed record RoomSkipped(OnboardingId OnboardingId, RoomId Room, string Code, AccountId? By, DateTimeOffset At) : OnboardingEvent;

/// <summary>The person had left, declined or was removed; nobody is dragged back.</summary>
public sealed record RoomDeclined(OnboardingId OnboardingId, RoomId Room, string Code, DateTimeOffset At) : OnboardingEvent;

/// <summary>The person may not be in this room: banned there, or the chat account is shut.</summary>
public sealed record RoomBlocked(OnboardingId OnboardingId, RoomId Room, string Code, DateTimeOffset At) : OnboardingEvent;

public sealed record RoomRetried(OnboardingId OnboardingId, RoomId Room, AccountId By, DateTimeOffset At) : OnboardingEvent;

public sealed record WelcomeSent(OnboardingId OnboardingId, DateTimeOffset At) : OnboardingEvent;

public sealed record WelcomeSkipped(OnboardingId OnboardingId, string Code, DateTimeOffset At) : OnboardingEvent;

/// <summary>The notice that the newcomer joined was handed to the delivery.</summary>
public sealed record InviterTold(OnboardingId OnboardingId, DateTimeOffset At) : OnboardingEvent;

/// <summary>The notice that memberships were added to an existing account was handed to the delivery.</summary>
public sealed record MemberTold(OnboardingId OnboardingId, DateTimeOffset At) : OnboardingEvent;
