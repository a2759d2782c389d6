using System.Globalization;
using Npgsql;
using Sandbox.Components;
using Sandbox.Processes;

namespace Sandbox.Postgres;

/// <summary>How durable a throw-away cluster is; on by default, because crash tests and benchmarks rest on it.</summary>
public sealed record PostgresSettings
{
    public bool Fsync { get; init; } = true;

    public bool SynchronousCommit { get; init; } = true;
}

/// <summary>A private PostgreSQL cluster on 127.0.0.1 with a random password. As root it runs as another account.</summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private const string SuperUser = "postgres";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly PostgresBinaries _binaries;
    private readonly PostgresSettings _settings;
    private readonly string _folder;
    private readonly string _password;
    private readonly Account? _account;
    private readonly ServerProcess _process = new();

    private PostgresCluster(PostgresBinaries binaries, PostgresSettings settings, string folder, string password, Account? account)
    {
        _binaries = binaries;
        _settings = settings;
        _folder = folder;
        _password = password;
        _account = account;
    }

    public int Port { get; private set; }

    public string LogFile => Path.Combine(_folder, "postgres.log");

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Makes and starts a cluster below <paramref name="folder"/>, which other accounts must be able to enter.</summary>
    public static async Task<PostgresCluster> StartAsync(
        PostgresBinaries binaries, string folder, PostgresSettings settings, CancellationToken cancellationToken)
    {
        var account = Account.UnprivilegedIfRoot();
        if (account is not null && binaries.Root is { } root)
        {
            binaries = await CopyAsync(root, folder, cancellationToken);
        }

        var cluster = new PostgresCluster(binaries, settings, folder, Secrets.New(), account);
        await cluster.InitializeAsync(cancellationToken);
        await Launch.OnFreePortAsync(port =>
        {
            cluster.Port = port;
            return cluster.LaunchAsync(cancellationToken);
        });
        return cluster;
    }

    /// <summary>A superuser's connection string.</summary>
    /// <param name="relayPort">Port of a relay in between; null to connect directly.</param>
    public string ConnectionString(string database, int? relayPort = null) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = relayPort ?? Port,
        Username = SuperUser,
        Password = _password,
        Database = database,
    }.ToString();

    /// <summary>Creates a database and returns its connection string.</summary>
    /// <param name="template">An existing database to copy, with no open connections; null for an empty one.</param>
    public async Task<string> CreateDatabaseAsync(string name, string? template, CancellationToken cancellationToken)
    {
        var source = template is null ? "" : $" template {Quote(template)}";
        await ExecuteAsync($"create database {Quote(name)}{source}", cancellationToken);
        return ConnectionString(name);
    }

    /// <summary>Drops a database with whoever is still connected to it.</summary>
    public Task DropDatabaseAsync(string name, CancellationToken cancellationToken) =>
        ExecuteAsync($"drop database if exists {Quote(name)} with (force)", cancellationToken);

    /// <summary>kill -9 of the whole server, as a power cut would.</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <summary>Ends the server in order; connections are cut.</summary>
    public Task StopAsync() => _process.StopAsync();

    /// <summary>Starts it again on the same port and data.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        while (true)
        {
            try
            {
                await LaunchAsync(cancellationToken);
                return;
            }
            catch (ServerFailedException failure) when (failure.LogTail.Contains("shared memory", StringComparison.Ordinal))
            {
                // Backends of a killed server take a moment to notice and to let go of its memory.
                await Task.Delay(TimeSpan.FromMilliseconds(100), deadline.Token);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
    }

    private async Task InitializeAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Data);
        var passwordFile = Path.GetTempFileName(); // readable by its owner only
        await File.WriteAllTextAsync(passwordFile, _password, cancellationToken);
        if (_account is not null)
        {
            await Tool.RunAsync("chown", [_account.Owner, _folder, Data, passwordFile], cancellationToken);
        }

        await Tool.RunAsync(
            _binaries["initdb"],
            [
                "-D", Data, "-U", SuperUser, "--pwfile", passwordFile, "--auth=scram-sha-256",
                "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions",
            ],
            cancellationToken,
            workingDirectory: _folder,
            runAs: _account);
        File.Delete(passwordFile);
    }

    private Task LaunchAsync(CancellationToken cancellationToken) => _process.StartAsync(
        new("PostgreSQL", _binaries["postgres"], ["-D", Data, .. Options()], LogFile)
        {
            RunAs = _account,
            WorkingDirectory = _folder,
            StopSignal = ManagedProcess.Interrupt,
        },
        AnswersAsync,
        Patience,
        cancellationToken);

    private IEnumerable<string> Options()
    {
        var options = new Dictionary<string, string>
        {
            ["listen_addresses"] = "127.0.0.1",
            ["port"] = Port.ToString(CultureInfo.InvariantCulture),
            ["unix_socket_directories"] = _folder,
            ["fsync"] = OnOff(_settings.Fsync),
            ["full_page_writes"] = OnOff(_settings.Fsync),
            ["synchronous_commit"] = OnOff(_settings.SynchronousCommit),
            ["max_connections"] = "200",
            ["shared_buffers"] = "128MB",
            ["jit"] = "off",
        };
        return options.SelectMany(option => (string[])["-c", $"{option.Key}={option.Value}"]);
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync("select 1", cancellationToken);
        return true;
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
#pragma warning disable CA2100 // names are quoted; database names can't be parameters
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<PostgresBinaries> CopyAsync(string root, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var copy = Path.Combine(folder, "programs");
        await Tool.RunAsync("cp", ["-a", root, copy], cancellationToken);
        return new(Path.Combine(copy, "bin"), copy);
    }

    private static string OnOff(bool value) => value ? "on" : "off";

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
