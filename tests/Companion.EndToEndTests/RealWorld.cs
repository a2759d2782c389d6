using System.Globalization;
using Companion.EndToEndTests;
using Sandbox.Components;
using Sandbox.Worlds;

[assembly: AssemblyFixture(typeof(RealWorld))]

// One world for all: tests stop its servers and put faults between them.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Companion.EndToEndTests;

/// <summary>The real servers, started once for the run. Without them tests are skipped, or fail where CI demands them.</summary>
public sealed class RealWorld : IAsyncLifetime
{
    private readonly ComponentSettings _settings = ComponentSettings.FromEnvironment();
    private World? _world;
    private int _onKeycloak;
    private int _onSynapse;

    public World World
    {
        get
        {
            Assert.SkipWhen(_world is null, string.Join(' ', World.Missing(_settings)));
            return _world;
        }
    }

    public async ValueTask InitializeAsync()
    {
        var missing = World.Missing(_settings);
        if (missing.Count == 0)
        {
            _world = await World.StartAsync(_settings, what => TestContext.Current.SendDiagnosticMessage($"starting {what}"), CancellationToken.None);
        }
        else if (Environment.GetEnvironmentVariable("COMPANION_REQUIRE_REAL") == "1")
        {
            throw new InvalidOperationException($"COMPANION_REQUIRE_REAL=1, but: {string.Join(' ', missing)}");
        }
    }

    /// <summary>Counts one finished test.</summary>
    public void Ran(bool sawSynapse)
    {
        _onKeycloak++;
        _onSynapse += sawSynapse ? 1 : 0;
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
        {
            _world?.Folder.Keep();
        }
    }

    public async ValueTask DisposeAsync()
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"real Keycloak: {_onKeycloak} tests, real Synapse: {_onSynapse} tests");
        await File.WriteAllTextAsync(Path.Combine(_settings.Repository, "artifacts", "real-servers.txt"), $"{line}\n");
        Console.WriteLine(line);
        if (_world is not null)
        {
            await _world.DisposeAsync();
        }
    }
}
