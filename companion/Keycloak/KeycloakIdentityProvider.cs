using System.Text;
using Companion.Contacts;
using Companion.Directory;
using Companion.Invites;

namespace Companion.Keycloak;

/// <summary>Keycloak as the identity provider.</summary>
internal sealed class KeycloakIdentityProvider(KeycloakClient client) : IIdentityProvider
{
    private const string InviteAttribute = "invite_id";

    private const string ApprovalAttribute = "invite_approval";

    private const string LocaleAttribute = "locale";

    public async Task<Person?> FindAsync(AccountId account, CancellationToken cancellationToken) =>
        await client.FindUserAsync(account.Value, cancellationToken) is { } user ? await PersonAsync(user, cancellationToken) : null;

    public async Task<Person?> FindByAddressAsync(EmailAddress address, CancellationToken cancellationToken)
    {
        var users = await client.FindUsersByEmailAsync(address.Value, cancellationToken);
        var user = users.FirstOrDefault(user => user.Email is { } email && Ascii.EqualsIgnoreCase(email, address.Value));
        return user is null ? null : await PersonAsync(user, cancellationToken);
    }

    public async Task<IReadOnlyList<Person>> FindByInviteAsync(InviteId invite, CancellationToken cancellationToken)
    {
        var users = await client.FindUsersByAttributeAsync(InviteAttribute, invite.ToString(), cancellationToken);
        var people = new List<Person>();
        foreach (var user in users.Where(user => MarkOf(user) == invite))
        {
            people.Add(await PersonAsync(user, cancellationToken));
        }

        return people;
    }

    public Task GrantAsync(
        AccountId account, IReadOnlyList<Membership> memberships, InviteId invite, CancellationToken cancellationToken) =>
        client.GrantAsync(
            account.Value,
            new MembershipsBody([.. memberships.Select(m => new MembershipBody(m.Organization, m.Group))], invite.ToString()),
            cancellationToken);

    public Task DecideAsync(AccountId account, bool approve, string? reason, CancellationToken cancellationToken) =>
        client.DecideAsync(account.Value, new ApprovalBody(approve ? "approve" : "deny", reason), cancellationToken);

    private async Task<Person> PersonAsync(KeycloakUser user, CancellationToken cancellationToken)
    {
        var groups = client.GroupsOfAsync(user.Id, cancellationToken);
        var organizations = client.OrganizationsOfAsync(user.Id, cancellationToken);
        await Task.WhenAll(groups, organizations);
        return new Person(
            new AccountId(user.Id),
            user.Enabled,
            user.Username,
            DisplayNameOf(user),
            string.IsNullOrEmpty(user.Email) ? null : EmailAddress.FromStored(user.Email),
            user.EmailVerified,
            user.Attribute(LocaleAttribute),
            [.. (await groups).Select(group => group.Path)],
            [.. (await organizations).Select(organization => organization.Alias)],
            MarkOf(user),
            user.Attribute(ApprovalAttribute));
    }

    private static string DisplayNameOf(KeycloakUser user)
    {
        var name = $"{user.FirstName} {user.LastName}".Trim();
        return name.Length > 0 ? name : user.Username;
    }

    private static InviteId? MarkOf(KeycloakUser user) =>
        Guid.TryParseExact(user.Attribute(InviteAttribute), "D", out var id) ? new InviteId(id) : null;
}
