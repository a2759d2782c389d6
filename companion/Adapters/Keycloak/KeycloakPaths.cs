namespace Companion.Adapters.Keycloak;

/// <summary>The addresses that are called. Every value is escaped as one segment.</summary>
internal static class KeycloakPaths
{
    private const int MostMemberships = 1000;

    /// <summary>The realm's address at one of the server's; also its tokens' issuer.</summary>
    public static string Realm(string baseUrl, string realm) => $"{baseUrl}/realms/{Segment(realm)}";

    public static string Certificates(string baseUrl, string realm) => $"{Realm(baseUrl, realm)}/protocol/openid-connect/certs";

    public static Uri Token(string baseUrl, string realm) =>
        new($"{Realm(baseUrl, realm)}/protocol/openid-connect/token", UriKind.Absolute);

    public static string Discovery(string realm) => $"realms/{Segment(realm)}/.well-known/openid-configuration";

    public static string Connection(string realm) => $"realms/{Segment(realm)}/companion/connection";

    public static string User(string realm, string id) => $"admin/realms/{Segment(realm)}/users/{Segment(id)}";

    public static string UsersByEmail(string realm, string email) =>
        $"admin/realms/{Segment(realm)}/users?email={Segment(email)}&exact=true&briefRepresentation=false";

    public static string UsersByAttribute(string realm, string name, string value) =>
        $"admin/realms/{Segment(realm)}/users?q={Segment($"{name}:{value}")}&briefRepresentation=false";

    /// <summary>One search for all of them: unknown ones are left out.</summary>
    public static string UsersById(string realm, IEnumerable<string> ids) =>
        $"admin/realms/{Segment(realm)}/users?search={Uri.EscapeDataString($"id:{string.Join(' ', ids)}")}&briefRepresentation=true";

    /// <summary>Each word anywhere in a name or the address. The stars keep words such as id: from meaning something else.</summary>
    public static string UserSearch(string realm, string text, int count)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(word => $"*{word.Trim('*')}*");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"admin/realms/{Segment(realm)}/users?search={Uri.EscapeDataString(string.Join(' ', words))}&first=0&max={count}&briefRepresentation=true");
    }

    public static string GroupsOf(string realm, string id) => $"{User(realm, id)}/groups?first=0&max={MostMemberships}";

    public static string GroupByPath(string realm, string path) =>
        $"admin/realms/{Segment(realm)}/group-by-path/{string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Segment))}";

    public static string GroupChildren(string realm, string id) =>
        $"admin/realms/{Segment(realm)}/groups/{Segment(id)}/children?first=0&max={MostMemberships}";

    public static string GroupMembers(string realm, string id, int most) =>
        string.Create(CultureInfo.InvariantCulture, $"admin/realms/{Segment(realm)}/groups/{Segment(id)}/members?first=0&max={most}&briefRepresentation=true");

    /// <summary>Roles that come by groups and other roles included.</summary>
    public static string RolesOf(string realm, string id) => $"{User(realm, id)}/role-mappings/realm/composite";

    public static string OrganizationsOf(string realm, string id) => $"{Organizations(realm)}/members/{Segment(id)}/organizations";

    public static string OrganizationGroupsOf(string realm, string organizationId, string id) =>
        $"{Organizations(realm)}/{Segment(organizationId)}/members/{Segment(id)}/groups?first=0&max={MostMemberships}";

    /// <param name="text">Held by the name or a domain; null for all.</param>
    public static string OrganizationSearch(string realm, string? text, int first, int count) =>
        $"{Organizations(realm)}?{(text is null ? "" : $"search={Uri.EscapeDataString(text)}&")}{Page(first, count)}";

    /// <param name="attribute">Or alias.</param>
    public static string OrganizationsWith(string realm, string attribute, string value, int first, int count) =>
        $"{Organizations(realm)}?q={Uri.EscapeDataString($"{Quoted(attribute)}:{Quoted(value)}")}&{Page(first, count)}";

    public static string Memberships(string realm, string id) => $"realms/{Segment(realm)}/companion/memberships/{Segment(id)}";

    public static string Verification(string realm, string id) => $"realms/{Segment(realm)}/companion/verifications/{Segment(id)}";

    public static string Picture(string realm, string id) => $"realms/{Segment(realm)}/companion/pictures/{Segment(id)}";

    public static string Approval(string realm, string id) => $"realms/{Segment(realm)}/companion/approvals/{Segment(id)}";

    /// <summary>Dots alone would be path steps, escaped or not.</summary>
    public static bool IsSegment(string value) => value is not ("" or "." or "..");

    private static string Organizations(string realm) => $"admin/realms/{Segment(realm)}/organizations";

    private static string Page(int first, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"first={first}&max={count}&briefRepresentation=false");

    /// <summary>As Keycloak's attribute searches take values with spaces and colons.</summary>
    private static string Quoted(string value) => $"\"{value.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Segment(string value) =>
        IsSegment(value) ? Uri.EscapeDataString(value) : throw new ArgumentException("A path segment must name something.", nameof(value));
}
