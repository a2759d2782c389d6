using Companion.Community.Contacts;

namespace Companion.Community.Directory;

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

    /// <summary>What accounts are called, as in <see cref="Person.DisplayName"/>.</summary>
    /// <returns>Without those that there are not.</returns>
    /// <exception cref="IdentityProviderException"/>
    Task<IReadOnlyDictionary<AccountId, string>> NamesAsync(IReadOnlyCollection<AccountId> accounts, CancellationToken cancellationToken);

    /// <summary>Accounts that hold each word of the text somewhere in their names or address, whatever the case.</summary>
    /// <exception cref="IdentityProviderException"/>
    Task<IReadOnlyList<AccountId>> SearchAsync(string text, int count, CancellationToken cancellationToken);

    /// <param name="name">An alias, or a name whatever its case.</param>
    /// <returns>Null when there is no such organisation.</returns>
    /// <exception cref="IdentityProviderException"/>
    Task<Organization?> FindOrganizationAsync(string name, CancellationToken cancellationToken);

    /// <summary>Organisations by name, those whose name holds the text where one is given.</summary>
    /// <param name="first">How many to pass over.</param>
    /// <exception cref="IdentityProviderException"/>
    Task<IReadOnlyList<Organization>> SearchOrganizationsAsync(string? text, int first, int count, CancellationToken cancellationToken);

    /// <summary>Organisations whose content this one owns, by name.</summary>
    /// <exception cref="IdentityProviderException"/>
    Task<IReadOnlyList<Organization>> OwnedByAsync(string alias, CancellationToken cancellationToken);

    /// <summary>Accounts in a group of the community or in one below it, some of them where they are too many.</summary>
    /// <param name="group">Its path.</param>
    /// <returns>None where there is no such group.</returns>
    /// <exception cref="IdentityProviderException"/>
    Task<IReadOnlyList<AccountId>> MembersOfAsync(string group, int most, CancellationToken cancellationToken);

    /// <summary>Makes the account belong to all of these. Idempotent.</summary>
    /// <exception cref="IdentityProviderException">Code group_not_allowed or organization_unknown when it can't work by trying again.</exception>
    Task GrantAsync(AccountId account, IReadOnlyList<Membership> memberships, InviteId invite, CancellationToken cancellationToken);

    /// <summary>Has the person confirm the account's address at the next sign-in. Idempotent.</summary>
    /// <exception cref="IdentityProviderException"/>
    Task RequireVerificationAsync(AccountId account, CancellationToken cancellationToken);

    /// <summary>Makes this the picture that others are told of. Idempotent.</summary>
    /// <param name="url">Where anybody may see it; null for none.</param>
    /// <exception cref="IdentityProviderException"/>
    Task SetPictureAsync(AccountId account, string? url, CancellationToken cancellationToken);

    /// <summary>Decides on a newcomer who waits for approval. Idempotent.</summary>
    /// <exception cref="IdentityProviderException"/>
    Task DecideAsync(AccountId account, bool approve, string? reason, CancellationToken cancellationToken);
}

/// <summary>An account as the identity provider knows it.</summary>
/// <param name="DisplayName">First and last name, or the user name where there is none.</param>
/// <param name="Memberships">Groups of the community by path; organisations, each as such and once per role group in it.</param>
/// <param name="Roles">Realm roles, also those that come by groups and other roles.</param>
/// <param name="InviteId">The mark of the invite that brought the account in.</param>
/// <param name="Approval">pending, approved, denied, or null when no human had to decide.</param>
/// <param name="CreatedAt">Null where it is not known.</param>
internal sealed record Person(
    AccountId Id,
    bool Enabled,
    string Username,
    string DisplayName,
    EmailAddress? Address,
    bool AddressVerified,
    string? Language,
    IReadOnlySet<Membership> Memberships,
    IReadOnlySet<string> Roles,
    InviteId? InviteId,
    string? Approval,
    DateTimeOffset? CreatedAt = null)
{
    /// <summary>Paths.</summary>
    public IEnumerable<string> Groups =>
        Memberships.Where(membership => membership.Organization is null).Select(membership => membership.Group).OfType<string>();

    /// <summary>Aliases.</summary>
    public IEnumerable<string> Organizations => Memberships.Select(membership => membership.Organization).OfType<string>().Distinct();
}
