using Companion.IntegrationTests;
using Npgsql;

namespace Companion.Benchmarks;

/// <summary>Writes down which statements one action makes, from the server's own log.</summary>
internal static class Capture
{
    /// <returns>A pgbench script of the same statements.</returns>
    public static async Task<string> ScriptAsync(
        PostgresFixture postgres, string connectionString, Func<Task> action, CancellationToken cancellationToken)
    {
        await SetAsync(postgres, "log_min_duration_statement = 0");
        await SetAsync(postgres, "log_line_prefix = '%c|'");
        await postgres.ExecuteAsync("select pg_reload_conf()");
        // The second time, when caches are warm: the first may read what later requests don't.
        await action();
        var start = new FileInfo(postgres.LogFile).Length;
        await action();
        await SetAsync(postgres, "log_min_duration_statement = -1");
        await postgres.ExecuteAsync("select pg_reload_conf()");
        using var reader = new StreamReader(new FileStream(postgres.LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        reader.BaseStream.Seek(start, SeekOrigin.Begin);
        var log = await reader.ReadToEndAsync(cancellationToken);
        var statements = LoggedStatement.Read(log).Where(statement => !IsSetting(statement.Sql)).ToList();
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        return await PgbenchScript.FromAsync(statements, dataSource, cancellationToken);
    }

    private static Task SetAsync(PostgresFixture postgres, string setting) => postgres.ExecuteAsync($"alter system set {setting}");

    private static bool IsSetting(string sql) =>
        sql.StartsWith("alter system", StringComparison.OrdinalIgnoreCase) || sql.Contains("pg_reload_conf", StringComparison.Ordinal)
        || sql.StartsWith("discard", StringComparison.OrdinalIgnoreCase);
}
