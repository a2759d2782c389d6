using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.Journey.Invites;

namespace Companion.Journey.Onboarding;

/// <summary>Starts the onboarding of an invite's account in the transaction that redeems or matches the invite.</summary>
internal static class StartOnboarding
{
    /// <summary>Does nothing when the invite's onboarding was started before.</summary>
    public static Task AppendAsync(
        UnitOfWork unit,
        Invite invite,
        AccountId account,
        OnboardingKind kind,
        bool awaitingApproval,
        CancellationToken cancellationToken)
    {
        InviteId inviteId = new(invite.Id);
        var id = OnboardingId.Of(inviteId);
        return OnboardingStream.ChangeAsync(
            unit,
            id,
            new BeginOnboarding(
                id,
                inviteId,
                account,
                invite.Inviter,
                kind,
                invite.Memberships,
                invite.Rooms,
                invite.DefaultRooms,
                invite.Language,
                awaitingApproval),
            cancellationToken);
    }
}
