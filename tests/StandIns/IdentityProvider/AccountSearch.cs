namespace StandIns.IdentityProvider;

/// <summary>The query of <c>GET /users</c>.</summary>
internal static class AccountSearch
{
    private const int Most = 100;

    private const string ById = "id:";

    public static IEnumerable<Account> Find(AdminCall call)
    {
        string? Query(string name) => call.Call.Query(name);
        if (Query("search") is { } search && search.StartsWith(ById, StringComparison.Ordinal))
        {
            var ids = search[ById.Length..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            return ids.SelectMany(id => call.Realm.Accounts.People.Where(account => account.Id == id));
        }

        var isExact = Query("exact") == "true";
        bool Matches(string? value, string? wanted) => wanted is null
            || (value is not null && (isExact ? value.Equals(wanted, StringComparison.OrdinalIgnoreCase) : value.Contains(wanted, StringComparison.OrdinalIgnoreCase)));
        var found = call.Realm.Accounts.People
            .Where(account => Matches(account.Email, Query("email"))
                && Matches(account.Username, Query("username"))
                && Matches(account.FirstName, Query("firstName"))
                && Matches(account.LastName, Query("lastName"))
                && HasAll(account, Query("q"))
                && IsLike(account, Query("search")))
            .OrderBy(account => account.Username, StringComparer.Ordinal);
        return call.Page(found, Most);
    }

    /// <summary>Attributes by their exact value.</summary>
    private static bool HasAll(Account account, string? pairs) =>
        SearchQuery.Read(pairs ?? "").All(pair => account.Attributes.GetValueOrDefault(pair.Name)?.Contains(pair.Value) == true);

    /// <summary>Each word: what a value begins with, what it is where quoted, and what it holds where a star comes first.</summary>
    private static bool IsLike(Account account, string? words) => words is null
        || words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).All(word =>
            new[] { account.Username, account.Email, account.FirstName, account.LastName }.Any(value => value is not null && IsLike(value, word)));

    private static bool IsLike(string value, string word) => word switch
    {
        ['"', .. var exact, '"'] => value.Equals(exact, StringComparison.OrdinalIgnoreCase),
        ['*', ..] => value.Contains(word.Trim('*'), StringComparison.OrdinalIgnoreCase),
        _ => value.StartsWith(word.Trim('*'), StringComparison.OrdinalIgnoreCase),
    };
}
