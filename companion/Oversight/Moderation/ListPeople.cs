using Companion.Community.Directory;
using Companion.Community.Inviters;

namespace Companion.Oversight.Moderation;

/// <summary>The tree of who brought whom, for moderators.</summary>
internal sealed class ListPeople(NpgsqlDataSource dataSource, InviterDirectory directory, TimeProvider clock)
{
    public const int MaxLimit = 500;

    public const int DefaultLimit = 100;

    /// <summary>People that a search finds at most.</summary>
    private const int MostFound = 50;

    private const int LongestSearch = 100;

    /// <param name="root">From whom on; null for everybody.</param>
    /// <param name="search">Part of a name, or an account; the tree is left aside then. Null for none.</param>
    /// <param name="cursor">Of the page before; null for the first.</param>
    /// <exception cref="IdentityProviderException">Names can't be searched now.</exception>
    public async Task<Outcome<PeoplePage>> RunAsync(
        AccountId? root, string? search, string? cursor, int limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > MaxLimit)
        {
            return new Refusal("limit_out_of_range", $"Ask for 1 to {MaxLimit} people at once.", "limit");
        }

        if ((cursor is null ? PeopleCursor.Start : PeopleCursor.Parse(cursor)) is not { } after)
        {
            return new Refusal("cursor_malformed", "This page can't be found any more; start with the first.", "cursor");
        }

        if (search?.Trim() is { Length: > 0 } text)
        {
            return text.Length > LongestSearch
                ? new Refusal("search_too_long", $"Search for at most {LongestSearch} characters.", "search")
                : await SearchAsync(text, Math.Min(limit, MostFound), cancellationToken);
        }

        return await BranchAsync(root, after, limit, cancellationToken);
    }

    public async Task<PersonView> FindAsync(AccountId account, CancellationToken cancellationToken) =>
        (await ShowAsync(await KnownPeople.OfAsync(dataSource, [account], cancellationToken), null, null, false, cancellationToken)).People[0];

    /// <summary>Level by level, as far as there is room; what is left out below somebody comes when that branch is asked for.</summary>
    private async Task<PeoplePage> BranchAsync(AccountId? root, PeopleCursor after, int limit, CancellationToken cancellationToken)
    {
        List<KnownPerson> people = root is { } from && after == PeopleCursor.Start
            ? [.. await KnownPeople.OfAsync(dataSource, [from], cancellationToken)]
            : [];
        var room = limit;
        var level = await KnownPeople.BroughtAsync(dataSource, root, after, room + 1, cancellationToken);
        var next = level.Count > room ? new PeopleCursor(level[room - 1].Below, level[room - 1].Account) : null;
        while (level.Count > 0 && level.Count <= room)
        {
            people.AddRange(level);
            room -= level.Count;
            level = await KnownPeople.BroughtAsync(dataSource, level, room + 1, cancellationToken);
        }

        people.AddRange(level.Take(room));
        return await ShowAsync(people, root, next?.ToString(), level.Count > 0, cancellationToken);
    }

    private async Task<PeoplePage> SearchAsync(string text, int limit, CancellationToken cancellationToken)
    {
        var named = await directory.SearchAsync(text, limit + 1, cancellationToken);
        AccountId given = new(text);
        AccountId[] found = await KnownPeople.ContainsAsync(dataSource, given, cancellationToken) ? [given, .. named.Where(account => account != given)] : [.. named];
        return await ShowAsync(
            await KnownPeople.OfAsync(dataSource, [.. found.Take(limit)], cancellationToken), null, null, found.Length > limit, cancellationToken);
    }

    private async Task<PeoplePage> ShowAsync(
        IReadOnlyList<KnownPerson> people, AccountId? root, string? next, bool truncated, CancellationToken cancellationToken)
    {
        var accounts = people.Select(person => person.Account).ToList();
        var histories = await InviterHistory.ReadAsync(dataSource, root is { } top ? [.. accounts.Append(top).Distinct()] : accounts, clock.GetUtcNow(), cancellationToken);
        var reasons = await FreezeReasons.OfAsync(dataSource, accounts, cancellationToken);
        var path = root is { } account ? histories[account].Above.Reverse().ToList() : [];
        var names = await directory.NamesOfAsync(accounts.Concat(path), cancellationToken);
        return new PeoplePage([.. people.Select(Show)], [.. path.Select(above => new PathPerson(above, names.GetValueOrDefault(above)))], next, truncated);

        PersonView Show(KnownPerson person)
        {
            var history = histories[person.Account];
            return new PersonView(
                person.Account,
                names.GetValueOrDefault(person.Account),
                person.Inviter,
                person.JoinedAt,
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
                person.Status,
                reasons.GetValueOrDefault(person.Account));
        }
    }
}
