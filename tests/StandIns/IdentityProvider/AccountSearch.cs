namespace StandIns.IdentityProvider;

/// <summary>The query of <c>GET /users</c>.</summary>
internal static class AccountSearch
{
    private const int Most = 100;

    public static IEnumerable<Account> Find(AdminCall call)
    {
        string? Query(string name) => call.Call.Query(name);
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

    private static bool IsLike(Account account, string? words) => words is null
        || new[] { account.Username, account.Email, account.FirstName, account.LastName }
            .Any(value => value?.Contains(words, StringComparison.OrdinalIgnoreCase) == true);
}
