using Companion.Contacts;
using Companion.Invites;

namespace Companion.Directory;

/// <summary>What the companion asks of an identity provider; everything that differs between providers is behind this.</summary>
internal interface IIdentityProvider
{
    /// <returns>Null when there is no such account.</returns>
    /// <exception cref="IdentityProviderException"/>
    Task<Person?> FindAsync(AccountId account, CancellationToken cancellationToken);

    /// <returns>The account that holds this address as its own; null when none does.</returns>
    /// <exception cref="IdentityProviderException"/>
    Task<Person?> FindByAddressAsync(EmailAddress address, CancellationToken cancellationToken);

    /// <returns>The accounts that carry the mark of this invite: none, one, or in a breach more.</returns>
    /// <exception cref="IdentityProviderException"/>
    Task<IReadOnlyList<Person>> FindByInviteAsync(InviteId invite, CancellationToken cancellationToken);

    /// <summary>Makes the account belong to all of these. Idempotent.</summary>
    /// <exception cref="IdentityProviderException">Code group_not_allowed or organization_unknown when it can't work by trying again.</exception>
    Task GrantAsync(AccountId account, IReadOnlyList<Membership> memberships, InviteId invite, CancellationToken cancellationToken);

    /// <summary>Decides on a newcomer who waits for approval. Idempotent.</summary>
    /// <exception cref="IdentityProviderException"/>
    Task DecideAsync(AccountId account, bool approve, string? reason, CancellationToken cancellationToken);
}

/// <summary>An account as the identity provider knows it.</summary>
/// <param name="DisplayName">First and last name, or the user name where there is none.</param>
/// <param name="Groups">Paths, e.g. /members.</param>
/// <param name="Organizations">Aliases.</param>
/// <param name="InviteId">The mark of the invite that brought the account in.</param>
/// <param name="ChatAccount">Full Matrix id that was proven to be this person's (an attribute only admins can write); used where the homeserver can't be asked.</param>
/// <param name="Approval">pending, approved, denied, or null when no human had to decide.</param>
internal sealed record Person(
    AccountId Id,
    bool Enabled,
    string Username,
    string DisplayName,
    EmailAddress? Address,
    bool AddressVerified,
    string? Language,
    IReadOnlyList<string> Groups,
    IReadOnlyList<string> Organizations,
    InviteId? InviteId,
    string? Approval,
    string? ChatAccount = null);
