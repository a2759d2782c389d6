using Companion.Directory;
using Companion.EventStore;

namespace Companion.Onboarding;

/// <summary>How far a newcomer's own onboarding is, for the page they land on.</summary>
internal sealed class GetWelcome(Onboardings onboardings, IChatServer chatServer)
{
    /// <returns>Null when the account did not come by an invite.</returns>
    public async Task<WelcomeAnswer?> RunAsync(AccountId account, CancellationToken cancellationToken)
    {
        if (await onboardings.OfNewcomerAsync(account.Value, cancellationToken) is not { } state)
        {
            return null;
        }

        return new WelcomeAnswer(
            EventType.SnakeCase(state.Status.ToString()),
            state.Memberships,
            state.Granting.Status == StepStatus.Done,
            EventType.SnakeCase(state.ChatAccount.Status.ToString()),
            [.. state.Rooms.Select(room => new WelcomeRoom(room.Id, chatServer.NameOf(room.Id), EventType.SnakeCase(room.Status.ToString()), room.Into))]);
    }
}

/// <param name="Status">awaiting_approval, running, completed, denied or cancelled.</param>
/// <param name="ChatAccount">pending, done, unavailable, or stuck while the person has to sign in to the chat first.</param>
internal sealed record WelcomeAnswer(
    string Status,
    IReadOnlyList<Membership> Memberships,
    bool MembershipsGranted,
    string ChatAccount,
    IReadOnlyList<WelcomeRoom> Rooms);

/// <param name="Name">Null for a room that is not managed any more.</param>
/// <param name="Status">pending, parked, skipped, declined, blocked, invited or joined.</param>
/// <param name="Into">The room that has replaced it.</param>
internal sealed record WelcomeRoom(RoomId Id, string? Name, string Status, RoomId? Into);
