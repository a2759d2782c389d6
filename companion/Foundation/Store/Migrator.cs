using System.Reflection;

namespace Companion.Foundation.Store;

/// <summary>Applies the numbered SQL files that are embedded in the assembly: forward only, each in a transaction, one process at a time.</summary>
internal sealed partial class Migrator(NpgsqlDataSource dataSource, ILogger<Migrator> logger)
{
    private const long LockKey = 0x436F6D70616E696F;

    private const string Prefix = "Companion.Foundation.Store.Migrations.";

    /// <summary>Names of the migrations this version ships, in order.</summary>
    public static IReadOnlyList<string> Shipped { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..])
            .Order(StringComparer.Ordinal),
    ];

    /// <returns>Names of the migrations that were applied now.</returns>
    /// <exception cref="MigrationRightsException">Something is to be applied and the role may not.</exception>
    /// <exception cref="NewerStoreException">A newer version has migrated the database.</exception>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        await using var held = await SharedLock.TakeAsync(dataSource, LockKey, cancellationToken);
        var connection = held.Connection;
        try
        {
            var pending = await PendingAsync(connection, refuseNewer: true, cancellationToken);
            if (pending.Count == Shipped.Count)
            {
                await CreateTableAsync(connection, cancellationToken);
            }

            foreach (var name in pending)
            {
                await ApplyAsync(connection, name, cancellationToken);
                Log.Applied(logger, name);
            }

            return pending;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new MigrationRightsException(exception);
        }
    }

    /// <summary>Migrations that this version needs and the database lacks; all of them where there is no schema yet.</summary>
    public async Task<IReadOnlyList<string>> PendingAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await PendingAsync(connection, refuseNewer: false, cancellationToken);
    }

    /// <summary>For a start that applies nothing. A replica that runs does not mind what a newer version adds.</summary>
    /// <exception cref="NewerStoreException">A newer version has migrated the database.</exception>
    public async Task RefuseNewerAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await PendingAsync(connection, refuseNewer: true, cancellationToken);
    }

    private static async Task<IReadOnlyList<string>> PendingAsync(NpgsqlConnection connection, bool refuseNewer, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand("select to_regclass('companion.migration') is not null", connection);
        if (await exists.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return Shipped;
        }

        var applied = await AppliedAsync(connection, cancellationToken);
        return refuseNewer && applied.Except(Shipped).Order(StringComparer.Ordinal).LastOrDefault() is { } unknown
            ? throw new NewerStoreException($"migration {unknown} is applied")
            : [.. Shipped.Except(applied)];
    }

    private static Task CreateTableAsync(NpgsqlConnection connection, CancellationToken cancellationToken) => ExecuteAsync(
        connection,
        """
        create schema if not exists companion;
        create table if not exists companion.migration (
          name text not null primary key, applied_at timestamptz not null default now());
        """,
        cancellationToken);

    private static async Task<HashSet<string>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand("select name from companion.migration", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name)!;
        using var reader = new StreamReader(stream);
        var sql = await reader.ReadToEndAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, sql, cancellationToken);
        await using var record = new NpgsqlCommand("insert into companion.migration (name) values (@name)", connection, transaction);
        record.Parameters.AddWithValue("name", name);
        await record.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task ExecuteAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken, long? key = null)
    {
        // Without a time limit: waiting for another migrator, or building an index, may take long.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        if (key is not null)
        {
            command.Parameters.AddWithValue("key", key);
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(100, LogLevel.Information, "Applied migration {Name}.")]
        public static partial void Applied(ILogger logger, string name);
    }
}
