namespace Companion.Adapters.Keycloak.Realm;

/// <summary>Which realm is meant, who changes it, and what fills the placeholders of the realm file.</summary>
internal sealed class RealmTarget(IConfiguration configuration, string? url, string? realm, string adminRealm)
{
    /// <summary>Where the admins of all realms live.</summary>
    public const string MasterRealm = "master";

    /// <exception cref="RealmException">Neither given nor configured.</exception>
    public string Url => Needed(url ?? configuration[$"{KeycloakOptions.SectionName}:BaseUrl"], "--url or Keycloak:BaseUrl");

    /// <inheritdoc cref="Url"/>
    public string Realm => Needed(realm ?? configuration[$"{KeycloakOptions.SectionName}:Realm"], "--realm or Keycloak:Realm");

    /// <inheritdoc cref="Url"/>
    public RealmAdminLogin Login => configuration["KEYCLOAK_ADMIN_CLIENT"] is { Length: > 0 } client
        ? new RealmAdminLogin(adminRealm, new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = client,
            ["client_secret"] = Needed(configuration["KEYCLOAK_ADMIN_SECRET"], "KEYCLOAK_ADMIN_SECRET"),
        })
        : new RealmAdminLogin(adminRealm, new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["client_id"] = "admin-cli",
            ["username"] = Needed(configuration["KEYCLOAK_ADMIN_USER"], "KEYCLOAK_ADMIN_USER or KEYCLOAK_ADMIN_CLIENT"),
            ["password"] = Needed(configuration["KEYCLOAK_ADMIN_PASSWORD"], "KEYCLOAK_ADMIN_PASSWORD"),
        });

    public static RealmTarget FromEnvironment(string? url, string? realm, string adminRealm) => new(
        new ConfigurationBuilder().AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables().AddSecretFiles().Build(),
        url,
        realm,
        adminRealm);

    /// <summary>What the companion is configured with holds for the realm too; an environment variable of the placeholder's name goes first.</summary>
    public string? Placeholder(string name) => configuration[name] is { Length: > 0 } value
        ? value
        : name switch
        {
            "COMPANION_REALM" => Realm,
            "COMPANION_CLIENT_SECRET" => configuration[$"{KeycloakOptions.SectionName}:ClientSecret"],
            "COMPANION_COMMUNITY" => configuration[$"{CommunityOptions.SectionName}:Name"],
            _ => null,
        };

    private static string Needed(string? value, string name) =>
        string.IsNullOrEmpty(value) ? throw new RealmException($"{name} must be set.") : value;
}
