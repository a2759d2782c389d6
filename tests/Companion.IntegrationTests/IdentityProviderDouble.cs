using System.Collections.Concurrent;
using Companion.Community.Contacts;
using Companion.Community.Directory;
using Companion.Foundation.Kernel;

namespace Companion.IntegrationTests;

/// <summary>An identity provider in memory. Told to fail, it throws on every call until told otherwise.</summary>
internal sealed class IdentityProviderDouble : IIdentityProvider
{
    private readonly ConcurrentDictionary<AccountId, Person> _people = new();

    /// <summary>Thrown by every call while it is set.</summary>
    public IdentityProviderException? Failure { get; set; }

    /// <summary>Runs first in every call, with the method's name; for what happens meanwhile.</summary>
    public Func<string, Task>? Before { get; set; }

    public ConcurrentQueue<(AccountId Account, IReadOnlyList<Membership> Memberships, InviteId Invite)> Grants { get; } = new();

    public ConcurrentQueue<(AccountId Account, bool Approve, string? Reason)> Decisions { get; } = new();

    public ConcurrentQueue<AccountId> Verifications { get; } = new();

    /// <summary>As they were set, one after the other.</summary>
    public ConcurrentQueue<(AccountId Account, string? Url)> Pictures { get; } = new();

    public ConcurrentQueue<Organization> Organizations { get; } = new();

    public IReadOnlyDictionary<AccountId, Person> People => _people;

    /// <summary>Adds or replaces an account.</summary>
    public Person Put(Person person) => _people[person.Id] = person;

    /// <summary>Adds an enabled member named after the account, with a verified address.</summary>
    public Person AddMember(string account, string? address = null, InviteId? inviteId = null) => Put(new Person(
        new AccountId(account),
        Enabled: true,
        Username: account,
        DisplayName: account,
        EmailAddress.FromStored(address ?? $"{account}@example.org"),
        AddressVerified: true,
        Language: "en",
        new HashSet<Membership> { new(null, "/members") },
        new HashSet<string>(),
        inviteId,
        Approval: null));

    /// <summary>Puts a member into an organisation, in these role groups.</summary>
    public Person Employ(string account, string organization, params string[] groups) => Put(Belonging(
        _people[new AccountId(account)], groups.Select(group => new Membership(organization, group))));

    /// <summary>Adds an organisation.</summary>
    public Organization AddOrganization(string alias, string? name = null, params string[] owners)
    {
        Organization organization = new(alias, name ?? alias, Enabled: true, owners);
        Organizations.Enqueue(organization);
        return organization;
    }

    public bool Remove(string account) => _people.TryRemove(new AccountId(account), out _);

    public Task<Person?> FindAsync(AccountId account, CancellationToken cancellationToken) =>
        AnswerAsync(nameof(FindAsync), () => _people.GetValueOrDefault(account));

    public Task<Person?> FindByAddressAsync(EmailAddress address, CancellationToken cancellationToken) =>
        AnswerAsync(nameof(FindByAddressAsync), () => _people.Values.FirstOrDefault(
            person => person.Address is { } held && ContactKeys.MatchText(held) == ContactKeys.MatchText(address)));

    public Task<IReadOnlyList<Person>> FindByInviteAsync(InviteId invite, CancellationToken cancellationToken) =>
        AnswerAsync<IReadOnlyList<Person>>(nameof(FindByInviteAsync), () => [.. _people.Values.Where(person => person.InviteId == invite)]);

    public Task<IReadOnlyList<AccountId>> MembersOfAsync(string group, int most, CancellationToken cancellationToken) =>
        AnswerAsync<IReadOnlyList<AccountId>>(nameof(MembersOfAsync), () =>
        [
            .. _people.Values.Where(person => person.Groups.Any(held => GroupPath.Covers(group, held))).Select(person => person.Id).Take(most),
        ]);

    public Task<IReadOnlyDictionary<AccountId, string>> NamesAsync(IReadOnlyCollection<AccountId> accounts, CancellationToken cancellationToken) =>
        AnswerAsync<IReadOnlyDictionary<AccountId, string>>(
            nameof(NamesAsync), () => accounts.Where(_people.ContainsKey).ToDictionary(account => account, account => _people[account].DisplayName));

    public Task<IReadOnlyList<AccountId>> SearchAsync(string text, int count, CancellationToken cancellationToken) =>
        AnswerAsync<IReadOnlyList<AccountId>>(nameof(SearchAsync), () =>
        [
            .. _people.Values
                .Where(person => person.DisplayName.Contains(text, StringComparison.OrdinalIgnoreCase))
                .Select(person => person.Id)
                .OrderBy(account => account.Value, StringComparer.Ordinal)
                .Take(count),
        ]);

    public Task GrantAsync(
        AccountId account, IReadOnlyList<Membership> memberships, InviteId invite, CancellationToken cancellationToken) =>
        AnswerAsync(nameof(GrantAsync), () =>
        {
            var person = _people[account];
            Grants.Enqueue((account, memberships, invite));
            return Put(Belonging(person, memberships));
        });

    public Task RequireVerificationAsync(AccountId account, CancellationToken cancellationToken) =>
        AnswerAsync(nameof(RequireVerificationAsync), () =>
        {
            Verifications.Enqueue(account);
            return true;
        });

    public Task SetPictureAsync(AccountId account, string? url, CancellationToken cancellationToken) =>
        AnswerAsync(nameof(SetPictureAsync), () =>
        {
            Pictures.Enqueue((account, url));
            return true;
        });

    public Task<Organization?> FindOrganizationAsync(string name, CancellationToken cancellationToken) =>
        AnswerAsync(nameof(FindOrganizationAsync), () => Organizations.FirstOrDefault(organization => organization.IsNamed(name)));

    public Task<IReadOnlyList<Organization>> SearchOrganizationsAsync(
        string? text, int first, int count, CancellationToken cancellationToken) =>
        AnswerAsync<IReadOnlyList<Organization>>(nameof(SearchOrganizationsAsync), () =>
        [
            .. Organizations
                .Where(organization => text is null || organization.Name.Contains(text, StringComparison.OrdinalIgnoreCase))
                .OrderBy(organization => organization.Name, StringComparer.Ordinal)
                .Skip(first)
                .Take(count),
        ]);

    public Task<IReadOnlyList<Organization>> OwnedByAsync(string alias, CancellationToken cancellationToken) =>
        AnswerAsync<IReadOnlyList<Organization>>(
            nameof(OwnedByAsync), () => [.. Organizations.Where(organization => organization.Owners.Contains(alias))]);

    public Task DecideAsync(AccountId account, bool approve, string? reason, CancellationToken cancellationToken) =>
        AnswerAsync(nameof(DecideAsync), () =>
        {
            Decisions.Enqueue((account, approve, reason));
            return Put(_people[account] with { Approval = approve ? "approved" : "denied" });
        });

    private static Person Belonging(Person person, IEnumerable<Membership> memberships) => person with
    {
        Memberships = memberships
            .SelectMany(membership => membership.Organization is { } alias ? [new Membership(alias), membership] : (Membership[])[membership])
            .Concat(person.Memberships)
            .ToHashSet(),
    };

    private async Task<T> AnswerAsync<T>(string method, Func<T> answer)
    {
        if (Before is { } before)
        {
            await before(method);
        }

        return Failure is { } failure ? throw failure : answer();
    }
}
