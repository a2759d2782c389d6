using Companion.Foundation.Kernel;
using Companion.Foundation.Store;

namespace Companion.Journey.Onboarding;

/// <summary>Takes note that a human decided on a newcomer: the onboarding goes on, or ends.</summary>
internal static class RecordApproval
{
    /// <summary>Does nothing when nobody waits: decided before, no onboarding of this invite, or another account.</summary>
    /// <param name="by">Who decided at the identity provider; null where it doesn't tell, and for decisions made here.</param>
    public static Task AppendAsync(
        UnitOfWork unit, InviteId invite, AccountId account, bool approved, AccountId? by, CancellationToken cancellationToken) =>
        OnboardingStream.ChangeAsync(unit, OnboardingId.Of(invite), new SettleApproval(account, approved, by), cancellationToken);
}
