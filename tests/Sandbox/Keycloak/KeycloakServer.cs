using System.Globalization;
using Npgsql;
using Sandbox.Components;
using Sandbox.Processes;

namespace Sandbox.Keycloak;

/// <summary>What a Keycloak is started with.</summary>
/// <param name="Folder">An empty folder for this run.</param>
/// <param name="Realm">Name of the realm in the file: the server counts as started when it answers for this realm.</param>
/// <param name="RealmFile">Imported at the first start; <c>${NAME}</c> in it is replaced from the environment.</param>
/// <param name="Environment">Placeholders of the realm file and settings of the providers.</param>
public sealed record KeycloakPlan(
    string Folder, string Realm, string RealmFile, IReadOnlyDictionary<string, string?> Environment)
{
    /// <summary>The address that people know, where several servers on one database stand behind it as a cluster; null for a server alone.</summary>
    public string? Proxy { get; init; }
}

/// <summary>A real Keycloak with this repository's provider and theme, on 127.0.0.1.</summary>
public sealed class KeycloakServer : IKeycloak
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);
    private readonly KeycloakPlan _plan;
    private readonly NpgsqlConnectionStringBuilder _database;
    private readonly ServerProcess _process = new();

    private KeycloakServer(KeycloakPlan plan, string database)
    {
        _plan = plan;
        _database = new(database);
    }

    public string AdminPassword { get; } = Secrets.New();

    public int Port { get; private set; }

    public string BaseUrl => _plan.Proxy ?? Address;

    /// <summary>Of this server itself.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}");

    public string RealmUrl => $"{BaseUrl}/realms/{_plan.Realm}";

    public string Realm => _plan.Realm;

    public string LogFile => Path.Combine(_plan.Folder, "keycloak.log");

    private string Home => Path.Combine(_plan.Folder, "home");

    /// <summary>One sentence that says what is missing and how to get it, or null.</summary>
    public static string? Missing(ComponentSettings settings) =>
        KeycloakDistribution.Missing(settings) ?? MavenRepository.Missing(settings);

    /// <summary>Builds what has to be built, starts the server and waits until the realm answers.</summary>
    /// <param name="database">Connection string of its database, which is empty at the first start.</param>
    public static async Task<KeycloakServer> StartAsync(
        ComponentSettings settings, KeycloakPlan plan, string database, CancellationToken cancellationToken)
    {
        var jars = await KeycloakExtensions.BuildAsync(settings, cancellationToken);
        var image = await KeycloakImage.EnsureAsync(settings, jars, cancellationToken);
        var server = new KeycloakServer(plan, database);
        await KeycloakImage.CopyAsync(image, server.Home, cancellationToken);
        var import = Directory.CreateDirectory(Path.Combine(server.Home, "data", "import")).FullName;
        File.Copy(plan.RealmFile, Path.Combine(import, Path.GetFileName(plan.RealmFile)));
        await Launch.OnFreePortAsync(port =>
        {
            server.Port = port;
            return server.StartAgainAsync(cancellationToken);
        });
        return server;
    }

    /// <summary>Starts the stopped or killed server on the same port and data.</summary>
    public Task StartAgainAsync(CancellationToken cancellationToken) => _process.StartAsync(
        new("Keycloak", Path.Combine(Home, "bin", "kc.sh"), Arguments(), LogFile)
        {
            WorkingDirectory = Home,
            Environment = new Dictionary<string, string?>(_plan.Environment)
            {
                ["KC_BOOTSTRAP_ADMIN_USERNAME"] = IKeycloak.AdminName,
                ["KC_BOOTSTRAP_ADMIN_PASSWORD"] = AdminPassword,
                ["KC_DB_URL"] = string.Create(CultureInfo.InvariantCulture, $"jdbc:postgresql://{_database.Host}:{_database.Port}/{_database.Database}"),
                ["KC_DB_USERNAME"] = _database.Username,
                ["KC_DB_PASSWORD"] = _database.Password,
                // Others use this server too, and it takes 200 connections.
                ["KC_DB_POOL_MAX_SIZE"] = "30",
                // What the optimizing compiler costs, a server of some minutes never gets back; nor does a strong hash protect passwords that end with it.
                ["JAVA_OPTS_APPEND"] = "-XX:TieredStopAtLevel=1",
                ["KC_SPI_PASSWORD_HASHING__ARGON2__ITERATIONS"] = "1",
                ["KC_SPI_PASSWORD_HASHING__ARGON2__MEMORY"] = "8",
            },
        },
        new Uri($"{Address}/realms/{Realm}"),
        Patience,
        cancellationToken);

    public Task StopAsync() => _process.StopAsync();

    public Task KillAsync() => _process.KillAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private string[] Arguments() =>
        [
            "start", "--optimized", "--import-realm", "--http-enabled=true", "--http-host=127.0.0.1",
            string.Create(CultureInfo.InvariantCulture, $"--http-port={Port}"), $"--hostname={BaseUrl}",
            .. _plan.Proxy is null ? ["--cache=local"] : Cluster(),
        ];

    // The nodes find each other in their database. Each has a second port so far from the first; the usual 50000 is too far for most free ones.
    private static string[] Cluster() =>
        [
            "--cache=ispn", "--cache-embedded-network-bind-address=127.0.0.1",
            string.Create(CultureInfo.InvariantCulture, $"--cache-embedded-network-bind-port={Launch.FreePort()}"),
            "-Djgroups.fd.port-offset=1000",
        ];
}
