using System.Collections.Concurrent;
using System.Text;
using Companion.Community.Contacts;
using Companion.Community.Directory;

namespace Companion.Adapters.Keycloak;

/// <summary>Keycloak as the identity provider.</summary>
internal sealed class KeycloakIdentityProvider(KeycloakClient client, IOptions<DirectoryOptions> directory) : IIdentityProvider
{
    private const string InviteAttribute = "invite_id";

    private const string ApprovalAttribute = "invite_approval";

    private const string LocaleAttribute = "locale";

    /// <summary>Organisations that are looked at when a name is searched for.</summary>
    private const int MostNamesakes = 100;

    private const int PageSize = 500;

    /// <summary>Ids that fit into an address.</summary>
    private const int NamesAtOnce = 50;

    private const int NamesParallel = 4;

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

    public async Task<IReadOnlyDictionary<AccountId, string>> NamesAsync(
        IReadOnlyCollection<AccountId> accounts, CancellationToken cancellationToken)
    {
        var names = new ConcurrentDictionary<AccountId, string>();
        await Parallel.ForEachAsync(
            accounts.Chunk(NamesAtOnce),
            new ParallelOptions { MaxDegreeOfParallelism = NamesParallel, CancellationToken = cancellationToken },
            async (some, ct) =>
            {
                foreach (var user in await client.FindUsersByIdAsync([.. some.Select(account => account.Value)], ct))
                {
                    names[new AccountId(user.Id)] = DisplayNameOf(user);
                }
            });
        return names;
    }

    public async Task<IReadOnlyList<AccountId>> SearchAsync(string text, int count, CancellationToken cancellationToken) =>
        [.. (await client.SearchUsersAsync(text, count, cancellationToken)).Select(user => new AccountId(user.Id))];

    public async Task<Organization?> FindOrganizationAsync(string name, CancellationToken cancellationToken)
    {
        var byAlias = await client.OrganizationsWithAsync("alias", name, 0, 1, cancellationToken);
        var found = byAlias.Count > 0 ? byAlias : await client.SearchOrganizationsAsync(name, 0, MostNamesakes, cancellationToken);
        return found.Select(Organization).FirstOrDefault(organization => organization.IsNamed(name));
    }

    public async Task<IReadOnlyList<Organization>> SearchOrganizationsAsync(
        string? text, int first, int count, CancellationToken cancellationToken) =>
        [.. (await client.SearchOrganizationsAsync(text, first, count, cancellationToken)).Select(Organization)];

    public async Task<IReadOnlyList<Organization>> OwnedByAsync(string alias, CancellationToken cancellationToken)
    {
        var owned = new List<Organization>();
        IReadOnlyList<KeycloakOrganization> page;
        do
        {
            page = await client.OrganizationsWithAsync(directory.Value.OwnerAttribute, alias, owned.Count, PageSize, cancellationToken);
            owned.AddRange(page.Select(Organization));
        }
        while (page.Count == PageSize);
        return owned;
    }

    public async Task<IReadOnlyList<AccountId>> MembersOfAsync(string group, int most, CancellationToken cancellationToken)
    {
        HashSet<AccountId> members = [];
        Queue<KeycloakGroup> groups = new(await client.FindGroupAsync(group, cancellationToken) is { } found ? [found] : []);
        while (members.Count < most && groups.TryDequeue(out var next))
        {
            members.UnionWith((await client.MembersOfAsync(next.Id, most, cancellationToken)).Select(user => new AccountId(user.Id)));
            foreach (var child in await client.ChildrenOfAsync(next.Id, cancellationToken))
            {
                groups.Enqueue(child);
            }
        }

        return [.. members.Take(most)];
    }

    public Task GrantAsync(
        AccountId account, IReadOnlyList<Membership> memberships, InviteId invite, CancellationToken cancellationToken) =>
        client.GrantAsync(
            account.Value,
            new MembershipsBody([.. memberships.Select(m => new MembershipBody(m.Organization, m.Group))], invite.ToString()),
            cancellationToken);

    public Task RequireVerificationAsync(AccountId account, CancellationToken cancellationToken) =>
        client.RequireVerificationAsync(account.Value, cancellationToken);

    public Task SetPictureAsync(AccountId account, string? url, CancellationToken cancellationToken) =>
        client.SetPictureAsync(account.Value, new PictureBody(url), cancellationToken);

    public Task DecideAsync(AccountId account, bool approve, string? reason, CancellationToken cancellationToken) =>
        client.DecideAsync(account.Value, new ApprovalBody(approve ? "approve" : "deny", reason), cancellationToken);

    private async Task<Person> PersonAsync(KeycloakUser user, CancellationToken cancellationToken)
    {
        var groups = client.GroupsOfAsync(user.Id, cancellationToken);
        var organizations = OrganizationsOfAsync(user.Id, cancellationToken);
        var roles = client.RolesOfAsync(user.Id, cancellationToken);
        await Task.WhenAll(groups, organizations, roles);
        return new Person(
            new AccountId(user.Id),
            user.Enabled,
            user.Username,
            DisplayNameOf(user),
            string.IsNullOrEmpty(user.Email) ? null : EmailAddress.FromStored(user.Email),
            user.EmailVerified,
            user.Attribute(LocaleAttribute),
            (await groups).Select(group => new Membership(null, group.Path)).Concat(await organizations).ToHashSet(),
            (await roles).Select(role => role.Name).ToHashSet(StringComparer.Ordinal),
            MarkOf(user),
            user.Attribute(ApprovalAttribute),
            user.CreatedTimestamp is { } created ? DateTimeOffset.FromUnixTimeMilliseconds(created) : null);
    }

    private async Task<IEnumerable<Membership>> OrganizationsOfAsync(string id, CancellationToken cancellationToken)
    {
        var memberships = (await client.OrganizationsOfAsync(id, cancellationToken)).Select(async organization =>
            (await client.OrganizationGroupsOfAsync(organization.Id, id, cancellationToken))
            .Where(group => group.IsTopLevel)
            .Select(group => new Membership(organization.Alias, group.Name))
            .Prepend(new Membership(organization.Alias)));
        return (await Task.WhenAll(memberships)).SelectMany(held => held);
    }

    private Organization Organization(KeycloakOrganization organization) => new(
        organization.Alias,
        organization.Name,
        organization.Enabled,
        organization.Attributes?.GetValueOrDefault(directory.Value.OwnerAttribute) ?? []);

    private static string DisplayNameOf(KeycloakUser user)
    {
        var name = $"{user.FirstName} {user.LastName}".Trim();
        return name.Length > 0 ? name : user.Username;
    }

    private static InviteId? MarkOf(KeycloakUser user) =>
        Guid.TryParseExact(user.Attribute(InviteAttribute), "D", out var id) ? new InviteId(id) : null;
}
