using System.Globalization;
using Companion.Foundation.Store;
using Companion.IntegrationTests;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Sandbox;
using Sandbox.Components;
using Sandbox.Postgres;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace Companion.IntegrationTests;

/// <summary>
/// One PostgreSQL for the run: a private cluster, or the server that COMPANION_TEST_DB (a connection string over TCP, of a role that may
/// create databases) names. Databases are copies of a template that the shipping migrations made.
/// </summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly string _prefix = $"test_{Convert.ToHexStringLower(Guid.NewGuid().ToByteArray()[..4])}";
    private RunFolder? _folder;
    private PostgresCluster? _cluster;
    private int _databases;

    /// <summary>Connection string of the server's own database, as a superuser of the private cluster.</summary>
    public string Server { get; private set; } = "";

    /// <summary>Of the private cluster.</summary>
    public string LogFile => _cluster?.LogFile ?? throw new InvalidOperationException("COMPANION_TEST_DB names a server whose log is elsewhere.");

    private string Template => $"{_prefix}_template";

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("COMPANION_TEST_DB") is { Length: > 0 } server)
        {
            Server = server;
        }
        else
        {
            _folder = new RunFolder();
            var binaries = await PostgresBinaries.EnsureAsync(ComponentSettings.FromEnvironment(), CancellationToken.None);
            _cluster = await PostgresCluster.StartAsync(binaries, _folder.Sub("postgres"), new PostgresSettings(), CancellationToken.None);
            Server = _cluster.ConnectionString("postgres");
        }

        await ExecuteAsync($"create database {Template}");
        await using var dataSource = NpgsqlDataSource.Create(ConnectionString(Template) + ";Pooling=false");
        await new Migrator(dataSource, NullLogger<Migrator>.Instance).MigrateAsync(CancellationToken.None);
    }

    /// <summary>A new database with all migrations applied.</summary>
    /// <returns>Its connection string.</returns>
    public Task<string> CreateDatabaseAsync() => CreateDatabaseAsync($"template {Template}");

    /// <summary>A new database with nothing in it.</summary>
    /// <returns>Its connection string.</returns>
    public Task<string> CreateEmptyDatabaseAsync() => CreateDatabaseAsync("template template0");

    /// <summary>Drops a database with whoever is still connected to it.</summary>
    public Task DropDatabaseAsync(string connectionString) =>
        ExecuteAsync($"drop database if exists {new NpgsqlConnectionStringBuilder(connectionString).Database} with (force)");

    /// <summary>Runs one statement as the server's owner, outside every test database.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Server + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
            _folder!.Dispose();
        }
        else if (Server.Length > 0)
        {
            await DropDatabaseAsync(ConnectionString(Template));
        }
    }

    private async Task<string> CreateDatabaseAsync(string source)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{_prefix}_{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync($"create database {name} {source}");
        return ConnectionString(name);
    }

    private string ConnectionString(string database) => new NpgsqlConnectionStringBuilder(Server) { Database = database }.ToString();
}
