using Sandbox.Chaos;
using Sandbox.Components;

namespace Companion.EndToEndTests.Chaos;

/// <summary>A short run; <c>Sandbox chaos --rounds 500</c> is the long one.</summary>
[Collection(nameof(WorldApart))]
public sealed class ChaosTests
{
    private const int Rounds = 12;

    [Fact]
    public async Task Companions_that_are_killed_and_frozen_and_told_half_of_it_keep_every_promise()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var world = await ChaosRun.StartAsync(
            ComponentSettings.FromEnvironment(), what => TestContext.Current.SendDiagnosticMessage($"starting {what}"), ct);

        var result = await new ChaosRun(
            Rounds, seed: 20, (plan, took, promise) => TestContext.Current.SendDiagnosticMessage($"{plan} took {took}: {promise.Failure}")).PlayAsync(world, ct);

        if (!result.IsClean)
        {
            world.Folder.Keep();
        }

        result.Ledger.SelectMany(line => line.Violations).ShouldBeEmpty(world.Folder.Root);
        result.Ledger.ShouldAllBe(line => line.Checked > 0);
        result.Faults.Sum(fault => fault.Struck).ShouldBeGreaterThan(Rounds);
    }
}
