using Companion.Community.Contacts;
using Companion.Community.Directory;
using Companion.Journey.Invites;

namespace Companion.Journey.Landing;

/// <summary>Looks at an invite by its link. Changes nothing, however often a mail scanner does it.</summary>
internal sealed class ReadInvite(
    InviteTokens tokens,
    NpgsqlDataSource dataSource,
    ContactTable contacts,
    PauseWishes wishes,
    InviteStandings standings,
    TimeProvider clock)
{
    /// <param name="code">The token, or the whole link as people copy it.</param>
    public async Task<LandingView> FindAsync(string? code, CancellationToken cancellationToken)
    {
        // What can't be a token costs the same look into the table.
        var token = TokenIn(code) ?? InviteToken.Create();
        if (await tokens.FindAsync(token, cancellationToken) is not { } reference)
        {
            return LandingView.Unknown;
        }

        var invite = await dataSource.ReadAsync(InviteStream.Type, reference.InviteId.Value, cancellationToken);
        var contact = await contacts.FindAsync(invite.ContactId, cancellationToken);
        var standing = await standings.LookAsync(invite, cancellationToken);
        var state = LandingStates.Of(invite, reference.Generation, standing, clock.GetUtcNow());
        var isWished = state == LandingState.Paused && await wishes.ContainsAsync(reference.InviteId, cancellationToken);
        return new LandingView(state, reference, invite, ShownName.Of(standing.Inviter?.DisplayName), contact?.Address.Mask(), standing.Paused?.Argument, isWished);
    }

    internal static InviteToken? TokenIn(string? code)
    {
        var text = code?.Trim() ?? "";
        return InviteToken.Parse(text[(text.LastIndexOf('#') + 1)..]);
    }
}
