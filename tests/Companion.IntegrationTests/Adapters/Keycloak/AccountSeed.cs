namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>An account that is there before a test begins.</summary>
public sealed record AccountSeed(string Username, string Email)
{
    public bool Enabled { get; init; } = true;

    public bool AddressVerified { get; init; } = true;

    public string FirstName { get; init; } = "";

    public string LastName { get; init; } = "";

    public string? Password { get; init; }

    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Somebody whose names are nobody else's.</summary>
    public static AccountSeed New(string prefix = "person")
    {
        var name = $"{prefix}-{Guid.NewGuid():N}";
        return new AccountSeed(name, $"{name}@example.org");
    }
}
