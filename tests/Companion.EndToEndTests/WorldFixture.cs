using Companion.EndToEndTests;
using Sandbox.Components;
using Sandbox.Worlds;

[assembly: AssemblyFixture(typeof(RealWorld))]
[assembly: AssemblyFixture(typeof(StandInWorld))]

// One world of a kind for all, and one test at a time: tests stop its servers and put faults between them. Who has a world apart may run beside them.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]

namespace Companion.EndToEndTests;

/// <summary>Tests that start a world of their own, one after the other.</summary>
[CollectionDefinition(nameof(WorldApart))]
public sealed class WorldApart;

/// <summary>A world that is started for the first test that asks for it, and then serves all others.</summary>
public abstract class WorldFixture(Backend backend) : IAsyncDisposable
{
    private World? _world;

    protected ComponentSettings Settings { get; } = ComponentSettings.FromEnvironment();

    /// <summary>How many tests have run in it, and how many of them looked into the chat.</summary>
    protected (int All, int WithChat) Tests { get; private set; }

    /// <summary>Where its servers are missing the test is skipped, or fails where CI demands them.</summary>
    public async Task<World> StartedAsync()
    {
        var missing = string.Join(' ', World.Missing(backend, Settings));
        Assert.False(missing.Length > 0 && Environment.GetEnvironmentVariable("COMPANION_REQUIRE_REAL") == "1", $"COMPANION_REQUIRE_REAL=1, but: {missing}");
        Skip.ForLackOf(missing);
        return _world ??= await World.StartAsync(
            new(backend), Settings, what => TestContext.Current.SendDiagnosticMessage($"starting {what}"), CancellationToken.None);
    }

    /// <summary>Counts one finished test.</summary>
    public void Ran(bool sawChat)
    {
        Tests = (Tests.All + 1, Tests.WithChat + (sawChat ? 1 : 0));
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
        {
            _world?.Folder.Keep();
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_world is not null)
        {
            await _world.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }
}
