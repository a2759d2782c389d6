using System.Collections.Concurrent;
using Sandbox.Components;
using Sandbox.Worlds;

namespace Sandbox.Chaos;

/// <summary>What came of a run.</summary>
internal sealed record ChaosResult(IReadOnlyList<FaultCount> Faults, IReadOnlyList<LedgerLine> Ledger)
{
    public bool IsClean => Ledger.All(line => line.Violations.Count == 0);
}

/// <summary>Rounds with faults, on two companions, PostgreSQL and stand-ins for all else, and then the ledger.</summary>
/// <param name="onRound">Is told of each round that has ended, how long it took, and its promise.</param>
internal sealed class ChaosRun(int rounds, int seed, Action<RoundPlan, TimeSpan, Promise> onRound)
{
    private const int Parallel = 4;

    // A companion can be frozen for longer than it may hold a job or a claim.
    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["Invites__MaxGenerations"] = "10",
        ["Invites__MaxOpen"] = "1000000",
        ["Invites__MaxPerDay"] = "1000000",
        ["Mail__Timeout"] = "00:00:10",
        ["Outbox__Lease"] = "00:00:05",
        ["Registrations__ClaimLease"] = "00:00:06",
        ["Registrations__FirstLook"] = "00:00:01",
        ["Registrations__LongestPause"] = "00:00:02",
    };

    public static Task<World> StartAsync(ComponentSettings settings, Action<string> report, CancellationToken cancellationToken) => World.StartAsync(
        new(Backend.StandIn) { Companions = RoundPlan.Companions, Settings = Settings, WebhookTimeout = TimeSpan.FromSeconds(4) },
        settings,
        report,
        cancellationToken);

    /// <summary>Plays all rounds, mends everything, waits until nothing is left to do, and balances the books.</summary>
    public async Task<ChaosResult> PlayAsync(World world, CancellationToken cancellationToken)
    {
        using var injector = new FaultInjector(world);
        var promises = new ConcurrentBag<Promise>();
        await System.Threading.Tasks.Parallel.ForEachAsync(
            Enumerable.Range(1, rounds),
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (number, ct) =>
            {
                var plan = RoundPlan.Of(seed, number);
                var startedAt = TimeProvider.System.GetTimestamp();
                using var round = new Round(world, plan, injector);
                var promise = await round.PlayAsync(ct);
                promises.Add(promise);
                onRound(plan, TimeProvider.System.GetElapsedTime(startedAt), promise);
            });
        await injector.EndAsync();
        var reader = new LedgerReader(world);
        await reader.SettleAsync(cancellationToken);
        var facts = await reader.ReadAsync([.. promises.OrderBy(promise => promise.Round)], cancellationToken);
        return new(injector.Counts, Ledger.Check(facts));
    }
}
