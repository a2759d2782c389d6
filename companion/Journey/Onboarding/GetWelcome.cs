using Companion.Community.Directory;

namespace Companion.Journey.Onboarding;

/// <summary>How far a newcomer's own onboarding is, for the page they land on.</summary>
internal sealed class GetWelcome(Onboardings onboardings, InviterDirectory directory, IOptions<CommunityOptions> community)
{
    /// <returns>Null when the account did not come by an invite.</returns>
    public async Task<WelcomeAnswer?> RunAsync(AccountId account, CancellationToken cancellationToken)
    {
        if (await onboardings.OfNewcomerAsync(account.Value, cancellationToken) is not { } state)
        {
            return null;
        }

        var names = await directory.NamesAsync(state.Memberships, cancellationToken);
        var language = (await FindAsync(account, cancellationToken))?.Language ?? state.Language;
        return new WelcomeAnswer(
            JsonNamingPolicy.SnakeCaseLower.ConvertName(state.Status.ToString()),
            community.Value.Name,
            ShownName.Of((await FindAsync(state.Inviter, cancellationToken))?.DisplayName),
            [.. state.Memberships.Select(names.Show)],
            state.Granting.Status == StepStatus.Done,
            JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ChatAccount.Status.ToString()),
            [.. state.Rooms.Select(room => new WelcomeRoom(room.Id, directory.NameOf(room.Id), JsonNamingPolicy.SnakeCaseLower.ConvertName(room.Status.ToString()), room.Into))],
            community.Value.ChatUrl,
            [.. community.Value.FirstSteps.Select(step => new WelcomeStep(step.In(language, community.Value.DefaultLanguage), step.Url))]);
    }

    /// <summary>The page is of use without names, too.</summary>
    private async Task<Person?> FindAsync(AccountId account, CancellationToken cancellationToken)
    {
        try
        {
            return await directory.FindAsync(account, cancellationToken);
        }
        catch (IdentityProviderException)
        {
            return null;
        }
    }
}

/// <param name="Status">awaiting_approval, running, completed, denied or cancelled.</param>
/// <param name="InviterName">Null where it is not known now or not fit to be shown.</param>
/// <param name="ChatAccount">pending, done, unavailable, or stuck while the person has to sign in to the chat first.</param>
/// <param name="ChatUrl">The chat app; null where the operator named none.</param>
/// <param name="Steps">What to do first, in the person's language.</param>
internal sealed record WelcomeAnswer(
    string Status,
    string CommunityName,
    string? InviterName,
    IReadOnlyList<ShownMembership> Memberships,
    bool MembershipsGranted,
    string ChatAccount,
    IReadOnlyList<WelcomeRoom> Rooms,
    string? ChatUrl,
    IReadOnlyList<WelcomeStep> Steps);

/// <param name="Name">Null for a room that is not managed any more.</param>
/// <param name="Status">pending, parked, skipped, declined, blocked, invited or joined.</param>
/// <param name="Into">The room that has replaced it.</param>
internal sealed record WelcomeRoom(RoomId Id, string? Name, string Status, RoomId? Into);

internal sealed record WelcomeStep(string Text, string? Url);
