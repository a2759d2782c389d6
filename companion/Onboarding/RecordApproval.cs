using Companion.Directory;
using Companion.EventStore;
using Companion.Invites;

namespace Companion.Onboarding;

/// <summary>Tells the onboarding of an invite's account what a human decided about the account.</summary>
internal static class RecordApproval
{
    /// <summary>Does nothing when the onboarding does not wait for a decision, or is another account's.</summary>
    public static Task AppendAsync(
        UnitOfWork unit, InviteId inviteId, AccountId account, bool approved, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
