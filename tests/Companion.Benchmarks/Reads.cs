using System.Diagnostics;
using System.Globalization;
using Companion.IntegrationTests;

namespace Companion.Benchmarks;

/// <summary>What moderators and members look at, with few invites there and with many: what it costs then, and how that grows.</summary>
internal static class Reads
{
    private const int Times = 20;

    private static readonly (string What, string Path)[] All =
    [
        ("own invitations", "invites"),
        ("everybody's invitations", "invites?all=true"),
        ("those of one state that none has", "invites?all=true&status=delivery_failed"),
        ("search for an address", "invites?all=true&search=person77@"),
        ("search for a common part", "invites?all=true&search=example.org"),
        ("search without a hit", "invites?all=true&search=nobody@nowhere"),
        ("people", "people"),
        ("people below somebody", "people?root=account-1"),
        ("people by account", "people?search=account-77"),
        ("timeline", "timeline"),
        ("timeline of a person", "timeline?person=account-1"),
        ("timeline of a rare type", $"timeline?type={ManyInvites.RareType}"),
        ("timeline from the beginning", "timeline?order=oldest"),
        ("funnel of 12 weeks", "funnel"),
        ("funnel of 104 weeks", "funnel?weeks=104"),
        ("problems", "problems"),
        ("approvals", "approvals"),
    ];

    /// <returns>Lines of a table: milliseconds (median) with as many invites, and the ratio of the last to the first.</returns>
    public static async Task<string> CompareAsync(PostgresFixture postgres, params int[] sizes)
    {
        List<double[]> measured = [];
        foreach (var size in sizes)
        {
            await using var host = await BenchmarkHost.StartAsync(postgres);
            await host.IssueAsync(0);
            await ManyInvites.FillAsync(host.ConnectionString, size);
            using var client = host.Moderator("account-1");
            List<double> times = [];
            foreach (var (_, path) in All)
            {
                times.Add(await MeasureAsync(client, path));
            }

            measured.Add([.. times]);
        }

        return string.Join('\n', All.Select((read, i) => string.Create(
            CultureInfo.InvariantCulture,
            $"| {read.What} | {string.Join(" | ", measured.Select(times => times[i].ToString("0.0", CultureInfo.InvariantCulture)))} | {measured[^1][i] / measured[0][i]:0.0} |")));
    }

    private static async Task<double> MeasureAsync(HttpClient client, string path)
    {
        List<double> times = [];
        for (var time = 0; time < Times; time++)
        {
            var watch = Stopwatch.StartNew();
            using var response = await client.GetAsync($"/api/v1/{path}");
            response.EnsureSuccessStatusCode();
            await response.Content.ReadAsByteArrayAsync();
            times.Add(watch.Elapsed.TotalMilliseconds);
            if (times.Sum() > 30_000)
            {
                break;
            }
        }

        return Rate.Median(times);
    }
}
