using Companion.Directory;
using Companion.Invites;

namespace Companion.Onboarding;

/// <summary>What happened after an invite was redeemed. Append-only contracts, as <see cref="InviteEvent"/>.</summary>
public abstract record OnboardingEvent
{
    private protected OnboardingEvent()
    {
    }
}

/// <summary>Whom an onboarding serves.</summary>
public enum OnboardingKind
{
    /// <summary>Registered by the invite: is joined to the rooms.</summary>
    Newcomer,

    /// <summary>Had an account already: is given the memberships and invited to the rooms, never joined by force.</summary>
    Member,
}

/// <param name="AwaitingApproval">Nothing is done before a human has approved the account.</param>
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
    DateTimeOffset At) : OnboardingEvent;
