using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Sandbox.Components;
using Sandbox.Processes;

namespace Companion.Benchmarks;

/// <summary>PostgreSQL's own load generator, with as many clients as ours.</summary>
internal static partial class Pgbench
{
    /// <returns>Transactions per second.</returns>
    public static async Task<double> RunAsync(string script, string connectionString, TimeSpan duration, CancellationToken cancellationToken)
    {
        var binaries = await PostgresBinaries.FindInstalledAsync(cancellationToken)
            ?? throw new InvalidOperationException("pgbench is missing: install PostgreSQL (Debian: apt-get install postgresql).");
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, script, cancellationToken);
            var output = await Tool.RunAsync(
                binaries["pgbench"],
                [
                    "--no-vacuum", "--protocol=prepared", $"--client={Rate.Clients}", "--jobs=2",
                    string.Create(CultureInfo.InvariantCulture, $"--time={duration.TotalSeconds:0}"), $"--file={file}",
                    $"--host={connection.Host}", $"--port={connection.Port}", $"--username={connection.Username}", connection.Database!,
                ],
                cancellationToken,
                environment: new Dictionary<string, string?> { ["PGPASSWORD"] = connection.Password! });
            return double.Parse(Tps().Match(output).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [GeneratedRegex(@"tps = ([0-9.]+)")]
    private static partial Regex Tps();
}
