using System.Collections.Concurrent;

namespace Companion.Community.Directory;

/// <summary>Inviters and what there is to invite into, as the identity provider and the chat server tell it; remembered for Directory:CacheSeconds at most.</summary>
internal sealed partial class InviterDirectory(
    IIdentityProvider identityProvider,
    IRoomDirectory roomDirectory,
    IOptions<DirectoryOptions> options,
    TimeProvider clock,
    ILogger<InviterDirectory> logger)
{
    /// <summary>Questions to the identity provider at a time.</summary>
    private const int MaxParallel = 8;

    /// <summary>As long as an access token of the realm file lives: without the identity provider there is no other.</summary>
    private static readonly TimeSpan LongestRecall = TimeSpan.FromMinutes(5);

    private readonly TimedCache<AccountId, Person> _people = new(TimeSpan.FromSeconds(options.Value.CacheSeconds), clock);

    private readonly TimedCache<AccountId, string> _names = new(TimeSpan.FromSeconds(options.Value.CacheSeconds), clock);

    private readonly TimedCache<string, LookUp> _organizations = new(TimeSpan.FromSeconds(options.Value.CacheSeconds), clock);

    private readonly TimedCache<string, IReadOnlyList<Organization>> _owned = new(TimeSpan.FromSeconds(options.Value.CacheSeconds), clock);

    private readonly TimedCache<AccountId, RoomOffers> _rooms = new(TimeSpan.FromSeconds(options.Value.CacheSeconds), clock);

    /// <returns>Null when there is no such account.</returns>
    /// <exception cref="IdentityProviderException"/>
    public Task<Person?> FindAsync(AccountId account, CancellationToken cancellationToken) =>
        _people.FindAsync(account, () => identityProvider.FindAsync(account, cancellationToken));

    /// <summary>As <see cref="FindAsync(AccountId, CancellationToken)"/>; while the identity provider is away, as it was known a few minutes ago.</summary>
    /// <exception cref="IdentityProviderException">Nor was it known then.</exception>
    public async Task<Person?> FindOrRecallAsync(AccountId account, CancellationToken cancellationToken)
    {
        try
        {
            return await FindAsync(account, cancellationToken);
        }
        catch (IdentityProviderException exception) when (exception.IsTransient && _people.LastKnown(account, LongestRecall) is not null)
        {
            return _people.LastKnown(account, LongestRecall);
        }
    }

    /// <summary>For showing: who is not there, or can't be read now, is left out.</summary>
    public async Task<Dictionary<AccountId, Person>> FindAsync(IEnumerable<AccountId> accounts, CancellationToken cancellationToken)
    {
        var found = new ConcurrentDictionary<AccountId, Person>();
        await Parallel.ForEachAsync(
            accounts,
            new ParallelOptions { MaxDegreeOfParallelism = MaxParallel, CancellationToken = cancellationToken },
            async (account, ct) =>
            {
                try
                {
                    if (await FindAsync(account, ct) is { } person)
                    {
                        found[account] = person;
                    }
                }
                catch (IdentityProviderException exception)
                {
                    Log.PersonUnavailable(logger, exception.Code);
                }
            });
        return new(found);
    }

    /// <summary>For showing many: their names alone, which cost little. Who is not there, or can't be read now, is left out.</summary>
    public async Task<IReadOnlyDictionary<AccountId, string>> NamesOfAsync(IEnumerable<AccountId> accounts, CancellationToken cancellationToken)
    {
        try
        {
            return await _names.FindAsync(accounts, missing => identityProvider.NamesAsync(missing, cancellationToken));
        }
        catch (IdentityProviderException exception)
        {
            Log.PersonUnavailable(logger, exception.Code);
            return new Dictionary<AccountId, string>();
        }
    }

    /// <summary>Accounts whose names hold all words of the text.</summary>
    /// <exception cref="IdentityProviderException"/>
    public Task<IReadOnlyList<AccountId>> SearchAsync(string text, int count, CancellationToken cancellationToken) =>
        identityProvider.SearchAsync(text, count, cancellationToken);

    /// <summary>Looks organisations up by what people call them.</summary>
    /// <param name="names">Aliases, or names whatever their case.</param>
    /// <returns>Those that there are, by the name that was asked for.</returns>
    /// <exception cref="IdentityProviderException"/>
    public async Task<IReadOnlyDictionary<string, Organization>> FindOrganizationsAsync(
        IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var found = new ConcurrentDictionary<string, Organization>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            names.Distinct(StringComparer.Ordinal),
            new ParallelOptions { MaxDegreeOfParallelism = MaxParallel, CancellationToken = cancellationToken },
            async (name, ct) =>
            {
                // That there is none is remembered too: names are what people wrote.
                var lookUp = await _organizations.FindAsync(name, async () => new LookUp(await identityProvider.FindOrganizationAsync(name, ct)));
                if (lookUp is { Found: { } organization })
                {
                    found[name] = organization;
                }
            });
        return found;
    }

    /// <summary>As <see cref="FindOrganizationsAsync"/>, for somebody who wants to invite into them: only those that this person may use are looked up.</summary>
    /// <inheritdoc cref="FindOrganizationsAsync"/>
    public async Task<IReadOnlyDictionary<string, Organization>> FindOfferedAsync(
        Person person, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var wanted = names.Distinct(StringComparer.Ordinal).ToList();
        if (wanted.Count == 0 || InviteRules.MayUseEveryOrganization(person, options.Value))
        {
            return await FindOrganizationsAsync(wanted, cancellationToken);
        }

        var offered = await OfferedToAsync(person, cancellationToken);
        return wanted
            .Select(name => (Name: name, Organization: offered.FirstOrDefault(organization => organization.Alias == name)
                ?? offered.FirstOrDefault(organization => organization.IsNamed(name))))
            .Where(pair => pair.Organization is not null)
            .ToDictionary(pair => pair.Name, pair => pair.Organization!, StringComparer.Ordinal);
    }

    /// <summary>For showing: what can't be read now goes by its alias.</summary>
    public async Task<OrganizationNames> NamesAsync(IEnumerable<Membership> memberships, CancellationToken cancellationToken)
    {
        try
        {
            return new OrganizationNames(await FindOrganizationsAsync(Aliases(memberships), cancellationToken));
        }
        catch (IdentityProviderException exception)
        {
            Log.NamesUnavailable(logger, exception.Code);
            return new OrganizationNames(new Dictionary<string, Organization>());
        }
    }

    /// <summary>Organisations that somebody may invite into, by name.</summary>
    /// <param name="text">Held by the name; null for any.</param>
    /// <param name="first">How many to pass over.</param>
    /// <exception cref="IdentityProviderException"/>
    public async Task<OrganizationPage> OfferedToAsync(
        Person person, string? text, int first, int count, CancellationToken cancellationToken)
    {
        if (InviteRules.MayUseEveryOrganization(person, options.Value))
        {
            var all = await identityProvider.SearchOrganizationsAsync(text, first, count, cancellationToken);
            return new OrganizationPage([.. all.Where(found => found.Enabled)], all.Count < count ? null : first + count);
        }

        var page = (await OfferedToAsync(person, cancellationToken))
            .Where(organization => text is null || organization.Name.Contains(text, StringComparison.OrdinalIgnoreCase))
            .OrderBy(organization => organization.Name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(organization => organization.Alias, StringComparer.Ordinal)
            .Skip(first)
            .Take(count + 1)
            .ToList();
        return new OrganizationPage([.. page.Take(count)], page.Count > count ? first + count : null);
    }

    /// <summary>What an inviter may do with what an invite holds, read anew where it was not read just now.</summary>
    /// <returns>Without rooms: those are looked at when somebody enters.</returns>
    /// <exception cref="IdentityProviderException"/>
    public async Task<InviteRights> RightsAsync(
        AccountId inviter, IEnumerable<Membership> memberships, CancellationToken cancellationToken)
    {
        var person = await FindAsync(inviter, cancellationToken);
        var organizations = await FindOrganizationsAsync(Aliases(memberships), cancellationToken);
        return InviteRules.RightsOf(person, organizations.Values, [], options.Value);
    }

    /// <summary>The rooms this account may offer.</summary>
    public async Task<RoomOffers> RoomsAsync(AccountId account, CancellationToken cancellationToken)
    {
        try
        {
            return (await _rooms.FindAsync(account, async () => await roomDirectory.OfferedToAsync(account, cancellationToken)))!;
        }
        catch (RoomDirectoryException exception)
        {
            Log.RoomsUnavailable(logger, exception.Code);
            return new RoomOffers(ChatStanding.Unavailable, []);
        }
    }

    /// <summary>The next question is asked anew.</summary>
    public void Forget(AccountId account) => _people.Forget(account);

    /// <summary>The account's chat account has changed.</summary>
    public void ForgetRooms(AccountId account) => _rooms.Forget(account);

    /// <summary>The room's name for people; null for a room that is not managed.</summary>
    public string? NameOf(RoomId room) => roomDirectory.NameOf(room);

    /// <summary>By the organisations that this person belongs to, in no order.</summary>
    private async Task<IReadOnlyList<Organization>> OfferedToAsync(Person person, CancellationToken cancellationToken)
    {
        var offered = (await FindOrganizationsAsync(person.Organizations, cancellationToken)).Values.ToList();
        foreach (var alias in offered.Where(held => Gives(person, held)).Select(held => held.Alias).ToList())
        {
            offered.AddRange(await _owned.FindAsync(alias, async () => await identityProvider.OwnedByAsync(alias, cancellationToken)) ?? []);
        }

        return [.. offered.DistinctBy(organization => organization.Alias, StringComparer.Ordinal).Where(organization => Gives(person, organization))];
    }

    private static IEnumerable<string> Aliases(IEnumerable<Membership> memberships) =>
        memberships.Select(membership => membership.Organization).OfType<string>();

    private bool Gives(Person person, Organization organization) => InviteRules.GroupsIn(person, organization, options.Value).Count > 0;

    /// <param name="Found">Null where there is no such organisation.</param>
    private sealed record LookUp(Organization? Found);

    private static partial class Log
    {
        [LoggerMessage(400, LogLevel.Warning, "Rooms can't be offered now: {Code}.")]
        public static partial void RoomsUnavailable(ILogger logger, string code);

        [LoggerMessage(402, LogLevel.Warning, "Somebody can't be named now: {Code}.")]
        public static partial void PersonUnavailable(ILogger logger, string code);

        [LoggerMessage(401, LogLevel.Warning, "Organisations can't be named now: {Code}.")]
        public static partial void NamesUnavailable(ILogger logger, string code);
    }
}

/// <param name="Next">How many to pass over for the next page; null on the last.</param>
internal sealed record OrganizationPage(IReadOnlyList<Organization> Organizations, int? Next);
