using Companion.Directory;
using Companion.EventStore;
using Companion.Invites;

namespace Companion.Onboarding;

/// <summary>Takes note that a human decided on a newcomer: the onboarding goes on, or ends.</summary>
internal static class RecordApproval
{
    /// <summary>Does nothing when nobody waits: decided before, no onboarding of this invite, or another account.</summary>
    public static Task AppendAsync(UnitOfWork unit, InviteId invite, AccountId account, bool approved, CancellationToken cancellationToken) =>
        OnboardingStream.ChangeAsync(unit, OnboardingId.Of(invite), new SettleApproval(account, approved), cancellationToken);
}
