using Companion.Community.Directory;
using Companion.Community.Inviters;
using Npgsql;

namespace Companion.Journey.Invites;

/// <summary>What an invite's inviter may still do with it, read in one place for all that send it anew.</summary>
internal static class InviteStanding
{
    /// <exception cref="IdentityProviderException">The inviter's standing can't be read.</exception>
    public static async Task<InviteRights> RightsAsync(
        NpgsqlDataSource dataSource, InviterDirectory directory, Invite invite, CancellationToken cancellationToken) =>
        await directory.RightsAsync(invite.Inviter, invite.Memberships, cancellationToken) with
        {
            IsFrozen = await InviterHistory.IsFrozenAsync(dataSource, invite.Inviter, cancellationToken),
        };
}
