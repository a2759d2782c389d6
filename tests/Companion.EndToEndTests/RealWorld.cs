using System.Globalization;
using Sandbox.Worlds;

namespace Companion.EndToEndTests;

/// <summary>Keycloak and Synapse.</summary>
public sealed class RealWorld() : WorldFixture(Backend.Real)
{
    public override async ValueTask DisposeAsync()
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"real Keycloak: {Tests.All} tests, real Synapse: {Tests.WithChat} tests");
        await File.WriteAllTextAsync(Path.Combine(Settings.Repository, "artifacts", "real-servers.txt"), $"{line}\n");
        Console.WriteLine(line);
        await base.DisposeAsync();
    }
}
