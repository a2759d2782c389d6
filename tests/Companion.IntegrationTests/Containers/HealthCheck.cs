using System.Text.Json;
using Sandbox.Processes;

namespace Companion.IntegrationTests.Containers;

/// <summary>The HEALTHCHECK of an image, run on this machine.</summary>
internal static class HealthCheck
{
    /// <param name="inside">The port that the image's server has in its container.</param>
    /// <param name="here">Where that server listens now.</param>
    /// <exception cref="ToolFailedException">Not healthy.</exception>
    public static Task RunAsync(Dockerfile image, int inside, int here, CancellationToken cancellationToken)
    {
        var check = image.Last("HEALTHCHECK");
        var command = JsonSerializer.Deserialize<string[]>(check[check.IndexOf('[', StringComparison.Ordinal)..])!;
        var arguments = command[1..].Select(word => word.Replace($"/{inside} ", $"/{here} ", StringComparison.Ordinal));
        return Tool.RunAsync(command[0], [.. arguments], cancellationToken);
    }
}
