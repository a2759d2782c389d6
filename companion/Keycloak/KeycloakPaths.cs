namespace Companion.Keycloak;

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

    public static string GroupsOf(string realm, string id) => $"{User(realm, id)}/groups?first=0&max={MostMemberships}";

    public static string OrganizationsOf(string realm, string id) =>
        $"admin/realms/{Segment(realm)}/organizations/members/{Segment(id)}/organizations";

    public static string Memberships(string realm, string id) => $"realms/{Segment(realm)}/companion/memberships/{Segment(id)}";

    public static string Approval(string realm, string id) => $"realms/{Segment(realm)}/companion/approvals/{Segment(id)}";

    /// <summary>Dots alone would be path steps, escaped or not.</summary>
    public static bool IsSegment(string value) => value is not ("" or "." or "..");

    private static string Segment(string value) =>
        IsSegment(value) ? Uri.EscapeDataString(value) : throw new ArgumentException("A path segment must name something.", nameof(value));
}
