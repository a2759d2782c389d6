using Companion.Community.Directory;

namespace Companion.Journey.Invites;

/// <summary>What an invite is handed over to once it has an account, in the transaction that finds so.</summary>
internal interface IOnboarding
{
    /// <summary>Does nothing when the invite's onboarding was started before.</summary>
    Task StartAsync(
        UnitOfWork unit, Invite invite, AccountId account, OnboardingKind kind, bool awaitingApproval, CancellationToken cancellationToken);

    /// <summary>Takes note that a human decided on a newcomer: the onboarding continues, or ends.</summary>
    /// <remarks>Does nothing when nobody waits: decided before, no onboarding of this invite, or another account.</remarks>
    /// <param name="by">Who decided at the identity provider; null where it doesn't tell, and for decisions made here.</param>
    Task SettleAsync(UnitOfWork unit, InviteId invite, AccountId account, bool approved, AccountId? by, CancellationToken cancellationToken);

    /// <summary>Ends what a denied account has in the chat.</summary>
    /// <param name="streamId">Whose job it is.</param>
    void CloseChat(UnitOfWork unit, Guid streamId, AccountId account);

    /// <returns>How far newcomers are into the rooms of their invites; invites by which nobody registered are left out.</returns>
    Task<IReadOnlyDictionary<InviteId, IReadOnlyDictionary<RoomId, RoomStatus>>> RoomsAsync(
        IEnumerable<InviteId> invites, CancellationToken cancellationToken);
}
