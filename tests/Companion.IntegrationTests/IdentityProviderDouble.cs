using System.Collections.Concurrent;
using Companion.Contacts;
using Companion.Directory;
using Companion.Invites;

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
        Groups: ["/members"],
        Organizations: [],
        inviteId,
        Approval: null));

    public bool Remove(string account) => _people.TryRemove(new AccountId(account), out _);

    public Task<Person?> FindAsync(AccountId account, CancellationToken cancellationToken) =>
        AnswerAsync(nameof(FindAsync), () => _people.GetValueOrDefault(account));

    public Task<Person?> FindByAddressAsync(EmailAddress address, CancellationToken cancellationToken) =>
        AnswerAsync(nameof(FindByAddressAsync), () => _people.Values.FirstOrDefault(person => person.Address == address));

    public Task<IReadOnlyList<Person>> FindByInviteAsync(InviteId invite, CancellationToken cancellationToken) =>
        AnswerAsync<IReadOnlyList<Person>>(nameof(FindByInviteAsync), () => [.. _people.Values.Where(person => person.InviteId == invite)]);

    public Task GrantAsync(
        AccountId account, IReadOnlyList<Membership> memberships, InviteId invite, CancellationToken cancellationToken) =>
        AnswerAsync(nameof(GrantAsync), () =>
        {
            var person = _people[account];
            Grants.Enqueue((account, memberships, invite));
            return Put(person with
            {
                Groups = [.. person.Groups.Union(memberships.Select(membership => membership.Group).OfType<string>())],
                Organizations = [.. person.Organizations.Union(memberships.Select(membership => membership.Organization).OfType<string>())],
            });
        });

    public Task DecideAsync(AccountId account, bool approve, string? reason, CancellationToken cancellationToken) =>
        AnswerAsync(nameof(DecideAsync), () =>
        {
            Decisions.Enqueue((account, approve, reason));
            return Put(_people[account] with { Approval = approve ? "approved" : "denied" });
        });

    private async Task<T> AnswerAsync<T>(string method, Func<T> answer)
    {
        if (Before is { } before)
        {
            await before(method);
        }

        return Failure is { } failure ? throw failure : answer();
    }
}
