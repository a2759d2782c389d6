using System.Globalization;
using Npgsql;
using Sandbox;
using Sandbox.Components;
using Sandbox.Postgres;
using Sandbox.Processes;

namespace Companion.IntegrationTests.Containers;

/// <summary>What the containers share, without containers: secrets made by the script, a PostgreSQL set up by databases.sql.</summary>
public sealed class ContainerScene : IAsyncLifetime
{
    private PostgresCluster? _postgres;

    public RunFolder Folder { get; } = new();

    internal ComponentSettings Settings { get; } = ComponentSettings.FromEnvironment();

    internal ComposeFile Compose { get; } = ComposeFile.Read();

    /// <summary>What is in .env.</summary>
    internal IReadOnlyDictionary<string, string> Variables { get; private set; } = new Dictionary<string, string>();

    internal string Certificate => Path.Combine(Folder.Root, ".secrets", "mail.crt");

    /// <summary>Connection string of a service's role to its database.</summary>
    internal string DatabaseOf(string service) => new NpgsqlConnectionStringBuilder(_postgres!.ConnectionString(service))
    {
        Username = service,
        Password = Variables[$"{service.ToUpperInvariant()}_DB_PASSWORD"],
    }.ToString();

    internal string PostgresAddress => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_postgres!.Port}");

    /// <summary>Lets PostgreSQL's own programs in as its superuser.</summary>
    internal IReadOnlyDictionary<string, string?> Superuser
    {
        get
        {
            var server = new NpgsqlConnectionStringBuilder(_postgres!.ConnectionString("postgres"));
            return new Dictionary<string, string?>
            {
                ["PGHOST"] = server.Host,
                ["PGPORT"] = server.Port.ToString(CultureInfo.InvariantCulture),
                ["PGUSER"] = server.Username,
                ["PGPASSWORD"] = server.Password,
                ["PGDATABASE"] = server.Database,
            };
        }
    }

    public void SkipIfMissing() => Skip.ForLackOf(string.Join(' ', Missing));

    /// <summary>One sentence for each tool that this machine lacks.</summary>
    private static IReadOnlyList<string> Missing { get; } =
    [
        .. new[] { (Tool: "psql", Package: "postgresql"), (Tool: "openssl", Package: "openssl") }
            .Where(needed => Tool.Find(needed.Tool) is null)
            .Select(needed => $"{needed.Tool} is missing: install it (Debian: apt-get install {needed.Package})."),
    ];

    public async ValueTask InitializeAsync()
    {
        if (Missing.Count > 0)
        {
            return;
        }

        var tools = System.IO.Directory.CreateDirectory(Path.Combine(Folder.Root, ".compose")).FullName;
        foreach (var file in System.IO.Directory.EnumerateFiles(Path.Combine(Settings.Repository, ".compose")))
        {
            File.Copy(file, Path.Combine(tools, Path.GetFileName(file)));
        }

        File.Copy(Path.Combine(Settings.Repository, ".env.example"), Path.Combine(Folder.Root, ".env.example"));
        await Tool.RunAsync(Path.Combine(tools, "new-secrets"), [], CancellationToken.None);
        Variables = ReadVariables(Path.Combine(Folder.Root, ".env"));

        var binaries = await PostgresBinaries.EnsureAsync(Settings, CancellationToken.None);
        _postgres = await PostgresCluster.StartAsync(binaries, Folder.Sub("postgres"), new PostgresSettings(), CancellationToken.None);
        await MakeDatabasesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }

        // A finished image is read-only here, and a plain user could not delete it.
        await Tool.RunAsync("chmod", ["-R", "u+w", Folder.Root], CancellationToken.None);
        Folder.Dispose();
    }

    internal static Dictionary<string, string> ReadVariables(string file) => File.ReadLines(file)
        .Where(line => line.Length > 0 && !line.StartsWith('#'))
        .Select(line => line.Split('=', 2))
        .ToDictionary(parts => parts[0], parts => parts[1]);

    /// <summary>As the image's start script does it: with psql, stopping at the first error.</summary>
    private Task MakeDatabasesAsync() => Tool.RunAsync(
        "psql",
        ["-v", "ON_ERROR_STOP=1", "--no-psqlrc", "-f", Path.Combine(Settings.Repository, ".compose", "databases.sql")],
        CancellationToken.None,
        environment: Compose.EnvironmentOf("postgres", Variables).Concat(Superuser).ToDictionary());
}

[CollectionDefinition(nameof(ContainerScene))]
public sealed class ContainerWorldGroup : ICollectionFixture<ContainerScene>;
