using System.Text.Json.Nodes;

namespace Companion.IntegrationTests.Keycloak;

/// <summary>A server that speaks as Keycloak with our provider does: the real one, or its stand-in. Tests see no difference.</summary>
public interface IKeycloakUnderTest
{
    string BaseUrl { get; }

    string Realm { get; }

    string ClientSecret { get; }

    /// <summary>Skips the test, with what is missing and how to get it, where this server can't be had.</summary>
    void SkipIfMissing();

    /// <returns>The account's id.</returns>
    Task<string> AddAccountAsync(AccountSeed seed, CancellationToken cancellationToken);

    /// <summary>Puts accounts into an organization, which is made when it is not there.</summary>
    Task JoinAsync(string organization, string accountId, CancellationToken cancellationToken);
}

public sealed record AccountSeed(string Username, string Email)
{
    public bool Enabled { get; init; } = true;

    public string FirstName { get; init; } = "";

    public string LastName { get; init; } = "";

    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>As Keycloak represents it, without the groups.</summary>
    internal JsonObject ToJson() => new()
    {
        ["username"] = Username,
        ["email"] = Email,
        ["emailVerified"] = true,
        ["enabled"] = Enabled,
        ["firstName"] = FirstName,
        ["lastName"] = LastName,
        ["attributes"] = new JsonObject(Attributes.Select(mark => KeyValuePair.Create(mark.Key, (JsonNode?)new JsonArray(mark.Value)))),
    };
}
