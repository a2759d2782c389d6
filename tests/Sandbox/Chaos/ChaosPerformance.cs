using System.Globalization;
using Sandbox.Components;
using Sandbox.Worlds;
using Spectre.Console;

namespace Sandbox.Chaos;

/// <summary>A run as a person meets it: a line per round, then two tables.</summary>
internal sealed class ChaosPerformance(Narrator narrator, int rounds, int seed)
{
    private int _ended;

    /// <returns>The exit code: 0 when the ledger is clean.</returns>
    public Task<int> RunAsync(CancellationToken cancellationToken)
    {
        narrator.Head("Starting two companions, PostgreSQL and stand-ins on 127.0.0.1");
        return new Stage(narrator).RunAsync(
            ct => ChaosRun.StartAsync(ComponentSettings.FromEnvironment(), narrator.Begin, ct), PlayAsync, whenCancelled: 1, cancellationToken);
    }

    private async Task<int> PlayAsync(World world, CancellationToken cancellationToken)
    {
        narrator.Head(string.Create(CultureInfo.InvariantCulture, $"{rounds} rounds with seed {seed}"));
        var startedAt = TimeProvider.System.GetTimestamp();
        var result = await new ChaosRun(rounds, seed, Tell).PlayAsync(world, cancellationToken);
        var minutes = TimeProvider.System.GetElapsedTime(startedAt).TotalMinutes;
        narrator.Head(string.Create(CultureInfo.InvariantCulture, $"What went wrong in {minutes:0.0} minutes"));
        narrator.Show(Faults(result));
        narrator.Head("The ledger");
        narrator.Show(LedgerOf(result));
        foreach (var violation in result.Ledger.SelectMany(line => line.Violations))
        {
            narrator.Say(violation);
        }

        return result.IsClean ? 0 : 1;
    }

    private void Tell(RoundPlan plan, TimeSpan took, Promise promise)
    {
        var ended = Interlocked.Increment(ref _ended);
        var outcome = promise.Failure is null ? plan.Ending.ToString().ToLowerInvariant() : $"failed: {promise.Failure}";
        var faults = string.Join(", ", plan.Faults.Select(planned => $"{planned.Fault.Name} ({planned.Moment.ToString().ToLowerInvariant()})"));
        narrator.Say(string.Create(CultureInfo.InvariantCulture, $"{ended}/{rounds}  round {plan.Number} {outcome} ({took.TotalSeconds:0.0} s): {faults}"));
    }

    private static Table Faults(ChaosResult result)
    {
        var table = new Table().AddColumn("fault").AddColumn("planned").AddColumn("struck");
        foreach (var fault in result.Faults)
        {
            table.AddRow(fault.Name, Number(fault.Planned), Number(fault.Struck));
        }

        return table;
    }

    private static Table LedgerOf(ChaosResult result)
    {
        var table = new Table().AddColumn("promise").AddColumn("checked").AddColumn("broken");
        foreach (var line in result.Ledger)
        {
            table.AddRow(line.Rule, Number(line.Checked), Number(line.Violations.Count));
        }

        return table;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
