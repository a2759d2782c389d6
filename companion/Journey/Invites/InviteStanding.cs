using Companion.Community.Directory;
using Companion.Community.Inviters;
using Companion.Community.Pausing;

namespace Companion.Journey.Invites;

/// <summary>Whether an invite may go on, as far as its inviter and the pause have a say. Its own state is <see cref="InviteDecider.Obstacle"/>'s part.</summary>
/// <param name="Inviter">Null where there is no such account, or it is not known now.</param>
/// <param name="Rights">Of the inviter, with what moderators have frozen.</param>
/// <param name="Paused">Why nobody invites or registers now; null while they may.</param>
/// <param name="IsKnown">The identity provider answered; else <paramref name="Rights"/> holds no more than whether the inviter is frozen.</param>
internal sealed record InviteStanding(Person? Inviter, InviteRights Rights, Refusal? Paused, bool IsKnown = true)
{
    /// <summary>The inviter can no longer bring anybody in by this invite, as far as that is known.</summary>
    public bool IsInviterGone(Invite invite) => IsKnown ? !InviteDecider.Reaches(Rights, invite) : Rights.IsFrozen;

    /// <returns>Null when it may go on.</returns>
    public Refusal? Obstacle(Invite invite) => IsInviterGone(invite) ? InviteRefusals.InviterGone : Paused;
}

/// <summary>Reads it: the one place that does so for everything that shows, mails, changes or claims an invite.</summary>
internal sealed class InviteStandings(NpgsqlDataSource dataSource, InviterDirectory directory)
{
    /// <exception cref="IdentityProviderException">The inviter's rights can't be read.</exception>
    public async Task<InviteStanding> ReadAsync(Invite invite, CancellationToken cancellationToken)
    {
        var inviter = await directory.FindAsync(invite.Inviter, cancellationToken);
        var rights = await directory.RightsAsync(invite.Inviter, invite.Memberships, cancellationToken);
        return new InviteStanding(
            inviter,
            rights with { IsFrozen = await InviterHistory.IsFrozenAsync(dataSource, invite.Inviter, cancellationToken) },
            await PauseTable.ObstacleAsync(dataSource, cancellationToken));
    }

    /// <summary>For showing: while the identity provider does not answer, an inviter counts as able unless moderators say otherwise. The claim looks again.</summary>
    public async Task<InviteStanding> LookAsync(Invite invite, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(invite, cancellationToken);
        }
        catch (IdentityProviderException)
        {
            return new InviteStanding(
                null,
                InviteRights.None with { IsFrozen = await InviterHistory.IsFrozenAsync(dataSource, invite.Inviter, cancellationToken) },
                await PauseTable.ObstacleAsync(dataSource, cancellationToken),
                IsKnown: false);
        }
    }

    /// <summary>What moderators may have changed since, as this transaction sees it.</summary>
    public static async Task<InviteStanding> AgainAsync(
        UnitOfWork unit, InviteStanding standing, AccountId inviter, CancellationToken cancellationToken) => standing with
        {
            Rights = standing.Rights with { IsFrozen = await InviterHistory.IsFrozenAsync(unit, inviter, cancellationToken) },
            Paused = await PauseTable.ObstacleAsync(unit, cancellationToken),
        };
}
