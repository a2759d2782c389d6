namespace StandIns.IdentityProvider;

/// <summary>A realm with everything in it, in memory. Whoever reads or changes it holds its lock, and never over a call to another server.</summary>
internal sealed class Realm(string name, string displayName)
{
    /// <summary>The client whose roles are rights in the Admin API.</summary>
    public const string Management = "realm-management";

    public string Name { get; } = name;

    public string DisplayName { get; } = displayName;

    public Lock Lock { get; } = new();

    public SigningKey Key { get; } = new();

    public Dictionary<string, Client> Clients { get; } = new(StringComparer.Ordinal)
    {
        [Management] = new(Management) { IsBearerOnly = true },
        ["admin-cli"] = new("admin-cli") { IsPublic = true, HasStandardFlow = false, HasDirectGrants = true, DefaultScopes = ["profile", "email", "basic", "roles"] },
    };

    public List<Group> Groups { get; } = [];

    public List<Organization> Organizations { get; } = [];

    public Accounts Accounts { get; } = new();

    public Sessions Sessions { get; } = new();

    public TimeSpan AccessTokenLifespan { get; init; } = TimeSpan.FromMinutes(5);

    public PasswordPolicy Passwords { get; init; } = new("");

    public UserProfile Profile { get; set; } = new(null);

    /// <summary>What is switched on for the whole realm, by the realm file's names.</summary>
    public IReadOnlySet<string> Switches { get; init; } = new HashSet<string>();

    public IReadOnlyList<string> Languages { get; init; } = [];

    public MailServer MailServer { get; init; } = new("localhost", 25, "noreply@localhost");

    /// <summary>Required actions that hold people back; one that is off lets them pass.</summary>
    public IReadOnlySet<string> EnabledActions { get; init; } = new HashSet<string>();

    /// <summary>Audiences that a client scope adds to access tokens.</summary>
    public IReadOnlyDictionary<string, string> Audiences { get; init; } = new Dictionary<string, string>();

    /// <summary>Roles of client <c>account</c> that everybody has.</summary>
    public IReadOnlySet<string> AccountRoles { get; init; } = new HashSet<string>();

    public IReadOnlyList<Role> Roles { get; init; } = [];

    /// <summary>The realm role that everybody has.</summary>
    public string? DefaultRole { get; init; }

    /// <summary>Names of role groups that may be granted in any organization.</summary>
    public IReadOnlyList<string> GrantableRoleGroups { get; init; } = [];

    /// <summary>Attributes whose values go to the companion with a claim.</summary>
    public IReadOnlyList<string> Questions { get; init; } = [];

    /// <summary>Paths of groups that may be granted; each covers its subgroups.</summary>
    public IReadOnlyList<string> GrantableGroups { get; init; } = [];

    /// <summary>Paths of groups that approve a waiting person whom an administrator adds.</summary>
    public IReadOnlyList<string> ApprovingGroups { get; init; } = [];

    /// <summary>Whether an account is in any group, be it an organization's role group.</summary>
    public bool HasGroups(Account account) =>
        account.Groups.Count > 0 || Organizations.Any(organization => organization.Groups.Any(group => group.Members.Contains(account.Id)));

    public Role? Role(string name) => Roles.FirstOrDefault(role => role.Name == name);

    /// <summary>An account's realm roles, its groups' and everybody's, with those that they are made of.</summary>
    public IReadOnlyList<Role> RolesOf(Account account)
    {
        var everybodys = account.ServiceAccountOf is null ? DefaultRole : null;
        var open = new Queue<string>([.. account.RealmRoles, .. account.Groups.SelectMany(group => group.Roles), .. everybodys is null ? [] : (string[])[everybodys]]);
        var found = new List<Role>();
        while (open.TryDequeue(out var name))
        {
            if (Role(name) is { } role && !found.Contains(role))
            {
                found.Add(role);
                role.Parts.ToList().ForEach(open.Enqueue);
            }
        }

        return found;
    }

    public static bool Covers(IReadOnlyList<string> paths, string path) =>
        paths.Any(allowed => path == allowed || path.StartsWith($"{allowed}/", StringComparison.Ordinal));
}
