using Companion.Community.Directory;
using Companion.Community.Inviters;

namespace Companion.Oversight.Moderation;

/// <summary>The tree of who brought whom, for moderators.</summary>
internal sealed class ListPeople(NpgsqlDataSource dataSource, InviterDirectory directory, TimeProvider clock)
{
    public const int MaxLimit = 2000;

    public const int DefaultLimit = 500;

    /// <summary>People that a search finds at most.</summary>
    private const int MostFound = 50;

    private const int LongestSearch = 100;

    /// <param name="root">From whom on; null for everybody.</param>
    /// <param name="search">Part of a name, or an account; the tree is left aside then. Null for none.</param>
    /// <exception cref="IdentityProviderException">Names can't be searched now.</exception>
    public async Task<Outcome<PeoplePage>> RunAsync(AccountId? root, string? search, int limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > MaxLimit)
        {
            return new Refusal("limit_out_of_range", $"Ask for 1 to {MaxLimit} people at once.", "limit");
        }

        if (search?.Trim() is { Length: > 0 } text)
        {
            return text.Length > LongestSearch
                ? new Refusal("search_too_long", $"Search for at most {LongestSearch} characters.", "search")
                : await SearchAsync(text, Math.Min(limit, MostFound), cancellationToken);
        }

        var tree = new InvitationTree(root is { } from
            ? await KnownPeople.FromAsync(dataSource, [from], cancellationToken)
            : await KnownPeople.AllAsync(dataSource, cancellationToken));
        var people = root is { } account ? tree.From(account) : tree.From(tree.Roots);
        return await ShowAsync([.. people.Take(limit)], root, people.Count > limit, cancellationToken);
    }

    public async Task<PersonView> FindAsync(AccountId account, CancellationToken cancellationToken)
    {
        var tree = new InvitationTree(await KnownPeople.FromAsync(dataSource, [account], cancellationToken));
        return (await ShowAsync([tree.From(account)[0]], null, false, cancellationToken)).People[0];
    }

    private async Task<PeoplePage> SearchAsync(string text, int limit, CancellationToken cancellationToken)
    {
        var named = await directory.SearchAsync(text, limit + 1, cancellationToken);
        AccountId given = new(text);
        AccountId[] found = await KnownPeople.ContainsAsync(dataSource, given, cancellationToken) ? [given, .. named.Where(account => account != given)] : [.. named];
        var tree = new InvitationTree(await KnownPeople.FromAsync(dataSource, found, cancellationToken));
        return await ShowAsync([.. found.Take(limit).Select(account => tree.From(account)[0])], null, found.Length > limit, cancellationToken);
    }

    private async Task<PeoplePage> ShowAsync(
        IReadOnlyList<TreePerson> people, AccountId? root, bool truncated, CancellationToken cancellationToken)
    {
        var accounts = people.Select(person => person.Known.Account).ToList();
        var histories = await InviterHistory.ReadAsync(dataSource, accounts, clock.GetUtcNow(), cancellationToken);
        var reasons = await FreezeReasons.OfAsync(dataSource, accounts, cancellationToken);
        var path = root is { } account ? histories[account].Above.Reverse().ToList() : [];
        var names = await directory.NamesOfAsync(accounts.Concat(path), cancellationToken);
        return new PeoplePage([.. people.Select(Show)], [.. path.Select(above => new PathPerson(above, names.GetValueOrDefault(above)))], truncated);

        PersonView Show(TreePerson person)
        {
            var (known, history) = (person.Known, histories[person.Known.Account]);
            return new PersonView(
                known.Account,
                names.GetValueOrDefault(known.Account),
                known.Inviter,
                known.JoinedAt,
                history.Depth,
                person.Brought,
                person.Below,
                history.OpenInvites,
                history.Standing.Good,
                history.Standing.Bad,
                PersonStandings.Of(history.Standing),
                history.IsFlagged,
                history.IsFrozenItself,
                history.FrozenAbove,
                known.Status,
                reasons.GetValueOrDefault(known.Account));
        }
    }
}
