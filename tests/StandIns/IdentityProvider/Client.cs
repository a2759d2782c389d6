using System.Text.Json.Nodes;

namespace StandIns.IdentityProvider;

/// <summary>A client as the realm file or an administrator declares it.</summary>
internal sealed record Client(string ClientId)
{
    private static readonly string[] UsualScopes = ["web-origins", "acr", "profile", "roles", "basic", "email"];

    private static readonly string[] UsualOptionalScopes = ["address", "phone", "organization", "offline_access", "microprofile-jwt"];

    public string Id { get; } = Random.Id();

    public string? Secret { get; init; }

    public bool IsPublic { get; init; }

    public bool IsBearerOnly { get; init; }

    public bool HasStandardFlow { get; init; } = true;

    public bool HasServiceAccount { get; init; }

    public bool HasDirectGrants { get; init; }

    public bool HasFullScope { get; init; } = true;

    /// <summary>Null where the client leaves it to the request.</summary>
    public string? RequiredChallengeMethod { get; init; }

    public IReadOnlyList<string> RedirectUris { get; init; } = [];

    public IReadOnlyList<string> DefaultScopes { get; init; } = UsualScopes;

    public IReadOnlyList<string> OptionalScopes { get; init; } = UsualOptionalScopes;

    /// <summary>Realm roles that may be in its tokens where it has no full scope.</summary>
    public IReadOnlySet<string> MappedRealmRoles { get; init; } = new HashSet<string>();

    /// <summary>The same for roles of client <c>account</c>.</summary>
    public IReadOnlySet<string> MappedAccountRoles { get; init; } = new HashSet<string>();

    public static Client Read(JsonObject json) => new((string?)json["clientId"] ?? "")
    {
        Secret = (string?)json["secret"],
        IsPublic = (bool?)json["publicClient"] ?? false,
        IsBearerOnly = (bool?)json["bearerOnly"] ?? false,
        HasStandardFlow = (bool?)json["standardFlowEnabled"] ?? true,
        HasServiceAccount = (bool?)json["serviceAccountsEnabled"] ?? false,
        HasDirectGrants = (bool?)json["directAccessGrantsEnabled"] ?? false,
        HasFullScope = (bool?)json["fullScopeAllowed"] ?? true,
        RequiredChallengeMethod = (string?)json["attributes"]?["pkce.code.challenge.method"],
        RedirectUris = Json.Texts(json["redirectUris"]),
        DefaultScopes = json["defaultClientScopes"] is { } defaults ? Json.Texts(defaults) : UsualScopes,
        OptionalScopes = json["optionalClientScopes"] is { } optionals ? Json.Texts(optionals) : UsualOptionalScopes,
    };

    /// <summary>Whether people may be sent to this address; patterns without a host stand for this server.</summary>
    public bool Allows(string redirectUri, string baseUrl) => RedirectUris
        .Select(pattern => pattern.StartsWith('/') ? $"{baseUrl}{pattern}" : pattern)
        .Any(pattern => pattern.EndsWith('*')
            ? redirectUri.StartsWith(pattern[..^1], StringComparison.Ordinal) || redirectUri == pattern[..^2]
            : redirectUri == pattern);

    /// <returns>The scopes of a token; null when something is asked that the client may not have.</returns>
    public IReadOnlyList<string>? Grant(string? asked)
    {
        var wanted = (asked ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return wanted.All(scope => scope == "openid" || DefaultScopes.Contains(scope) || OptionalScopes.Contains(scope))
            ? [.. wanted.Union(DefaultScopes)]
            : null;
    }

    public override string ToString() => ClientId;
}
