using System.Text.RegularExpressions;
using Companion.IntegrationTests;
using Npgsql;

namespace Companion.Benchmarks;

/// <summary>Writes down which statements one action makes, from the server's own log.</summary>
internal static partial class Capture
{
    /// <returns>How many statements the action makes, and in how many transactions.</returns>
    public static async Task<(int Statements, int Transactions)> CountAsync(
        PostgresFixture postgres, Func<Task> action, CancellationToken cancellationToken)
    {
        var (statements, transactions) = (0, 0);
        var open = new HashSet<string>(StringComparer.Ordinal);
        foreach (Match match in Executed().Matches(await LogAsync(postgres, action, cancellationToken)))
        {
            var session = match.Groups["session"].Value;
            switch (match.Groups["verb"].Value.ToUpperInvariant())
            {
                case "BEGIN":
                    open.Add(session);
                    break;
                case "COMMIT" or "ROLLBACK":
                    open.Remove(session);
                    transactions++;
                    break;
                default:
                    statements++;
                    transactions += open.Contains(session) ? 0 : 1;
                    break;
            }
        }

        return (statements, transactions);
    }

    /// <returns>A pgbench script of the same statements.</returns>
    public static async Task<string> ScriptAsync(
        PostgresFixture postgres, string connectionString, Func<Task> action, CancellationToken cancellationToken)
    {
        // The second time, when caches are warm: the first may read what later requests don't.
        await action();
        var log = await LogAsync(postgres, action, cancellationToken);
        var statements = LoggedStatement.Read(log).Where(statement => !IsSetting(statement.Sql)).ToList();
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        return await PgbenchScript.FromAsync(statements, dataSource, cancellationToken);
    }

    /// <returns>What the server logs of all statements meanwhile.</returns>
    private static async Task<string> LogAsync(PostgresFixture postgres, Func<Task> action, CancellationToken cancellationToken)
    {
        await postgres.ExecuteAsync("alter system set log_line_prefix = '%c|'");
        await SetAsync(postgres, "log_min_duration_statement", "0", cancellationToken);
        var start = new FileInfo(postgres.LogFile).Length;
        await action();
        await SetAsync(postgres, "log_min_duration_statement", "-1", cancellationToken);
        using var reader = new StreamReader(new FileStream(postgres.LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        reader.BaseStream.Seek(start, SeekOrigin.Begin);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    /// <summary>Returns when all sessions have been told: the server tells them before it lets in a new one that knows the value.</summary>
    private static async Task SetAsync(PostgresFixture postgres, string name, string value, CancellationToken cancellationToken)
    {
        await postgres.ExecuteAsync($"alter system set {name} = '{value}'");
        await postgres.ExecuteAsync("select pg_reload_conf()");
        await using var fresh = NpgsqlDataSource.Create(postgres.Server + ";Pooling=false");
        while (true)
        {
            await using var command = fresh.CreateCommand($"select setting from pg_settings where name = '{name}'");
            if ((string?)await command.ExecuteScalarAsync(cancellationToken) == value)
            {
                return;
            }

            await Task.Delay(10, cancellationToken);
        }
    }

    private static bool IsSetting(string sql) =>
        sql.StartsWith("alter system", StringComparison.OrdinalIgnoreCase) || sql.Contains("pg_reload_conf", StringComparison.Ordinal)
        || sql.Contains("pg_settings", StringComparison.Ordinal)
        || sql.StartsWith("discard", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^(?<session>[0-9a-f]+\.[0-9a-f]+)\|LOG:\s+duration: [0-9.]+ ms\s+(statement|execute [^:]*): (?<verb>\w+)", RegexOptions.Multiline)]
    private static partial Regex Executed();
}
