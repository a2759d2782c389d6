namespace StandIns.IdentityProvider;

/// <summary>The query of <c>GET /organizations</c>.</summary>
internal static class OrganizationSearch
{
    private const int Most = 10;

    /// <summary>By attributes where there is a query, else by name and domain.</summary>
    public static IEnumerable<Organization> Find(AdminCall call)
    {
        string? Query(string name) => call.Call.Query(name);
        var found = string.IsNullOrWhiteSpace(Query("q"))
            ? Named(call.Realm, Query("search"), Query("exact") == "true")
            : call.Realm.Organizations.Where(organization => SearchQuery.Read(Query("q")!).All(field => Has(organization, field.Name, field.Value)));
        return call.Page(found.OrderBy(organization => organization.Name, StringComparer.Ordinal), Most);
    }

    public static IEnumerable<Organization> Named(Realm realm, string? words, bool isExact) => realm.Organizations.Where(organization =>
        string.IsNullOrWhiteSpace(words)
        || organization.Domains.Append(organization.Name).Any(name => isExact ? name == words : name.Contains(words, StringComparison.OrdinalIgnoreCase)));

    private static bool Has(Organization organization, string name, string value) => name == "alias"
        ? organization.Alias == value
        : organization.Attributes.GetValueOrDefault(name)?.Contains(value) == true;
}
