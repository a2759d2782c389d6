namespace StandIns.IdentityProvider;

/// <summary>A realm with everything in it, in memory. Whoever reads or changes it holds its lock, and never over a call to another server.</summary>
internal sealed class Realm(string name, string displayName)
{
    public string Name { get; } = name;

    public string DisplayName { get; } = displayName;

    public Lock Lock { get; } = new();

    public SigningKey Key { get; } = new();

    public Dictionary<string, Client> Clients { get; } = new(StringComparer.Ordinal)
    {
        ["admin-cli"] = new("admin-cli") { IsPublic = true, HasStandardFlow = false, HasDirectGrants = true, DefaultScopes = ["profile", "email", "basic", "roles"] },
    };

    public List<Group> Groups { get; } = [];

    public List<Organization> Organizations { get; } = [];

    public Accounts Accounts { get; } = new();

    public Sessions Sessions { get; } = new();

    public TimeSpan AccessTokenLifespan { get; init; } = TimeSpan.FromMinutes(5);

    public PasswordPolicy Passwords { get; init; } = new("");

    public UserProfile Profile { get; init; } = new(null);

    /// <summary>Required actions that hold people back; one that is off lets them pass.</summary>
    public IReadOnlySet<string> EnabledActions { get; init; } = new HashSet<string>();

    /// <summary>Audiences that a client scope adds to access tokens.</summary>
    public IReadOnlyDictionary<string, string> Audiences { get; init; } = new Dictionary<string, string>();

    /// <summary>Roles of client <c>account</c> that everybody has.</summary>
    public IReadOnlySet<string> AccountRoles { get; init; } = new HashSet<string>();

    /// <summary>Paths of groups that may be granted; each covers its subgroups.</summary>
    public IReadOnlyList<string> GrantableGroups { get; init; } = [];

    /// <summary>Paths of groups that approve a waiting person whom an administrator adds.</summary>
    public IReadOnlyList<string> ApprovingGroups { get; init; } = [];

    public static bool Covers(IReadOnlyList<string> paths, string path) =>
        paths.Any(allowed => path == allowed || path.StartsWith($"{allowed}/", StringComparison.Ordinal));
}
