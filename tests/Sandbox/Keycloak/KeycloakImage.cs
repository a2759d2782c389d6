using Sandbox.Components;
using Sandbox.Processes;

namespace Sandbox.Keycloak;

/// <summary>
/// Keycloak with the extensions built in, for PostgreSQL as in production. Building takes half a minute, so the result is cached under the content of the jars; every
/// run gets a copy in which only the large, never written library folder is shared by hard links.
/// </summary>
internal static class KeycloakImage
{
    private static readonly string Libraries = Path.Combine("lib", "lib");

    public static async Task<string> EnsureAsync(
        ComponentSettings settings, IReadOnlyList<string> jars, CancellationToken cancellationToken)
    {
        var distribution = await KeycloakDistribution.EnsureAsync(settings, cancellationToken);
        var hash = await FolderHash.OfAsync("/", jars, cancellationToken);
        return await new ComponentCache(settings.Cache).EnsureAsync(
            $"keycloak-{ComponentSettings.KeycloakVersion}-postgres-{hash}",
            async work =>
            {
                var home = Path.Combine(work, "home");
                await CopyAsync(distribution, home, cancellationToken);
                foreach (var jar in jars)
                {
                    File.Copy(jar, Path.Combine(home, "providers", Path.GetFileName(jar)));
                }

                await Tool.RunAsync(Path.Combine(home, "bin", "kc.sh"), ["build", "--db=postgres"], cancellationToken, workingDirectory: home);
                return home;
            },
            cancellationToken);
    }

    /// <summary>Copies a Keycloak home to a folder that doesn't exist yet.</summary>
    public static async Task CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.Combine(to, "lib"));
        foreach (var entry in Directory.EnumerateFileSystemEntries(from).Where(entry => Path.GetFileName(entry) is not ("lib" or "data")))
        {
            await Tool.RunAsync("cp", ["-a", entry, to], cancellationToken);
        }

        foreach (var entry in Directory.EnumerateFileSystemEntries(Path.Combine(from, "lib")).Where(entry => Path.GetFileName(entry) != "lib"))
        {
            await Tool.RunAsync("cp", ["-a", entry, Path.Combine(to, "lib")], cancellationToken);
        }

        try
        {
            await Tool.RunAsync("cp", ["-al", Path.Combine(from, Libraries), Path.Combine(to, Libraries)], cancellationToken);
        }
        catch (ToolFailedException)
        {
            // Another file system, or another account's files: then a real copy.
            await Tool.RunAsync("rm", ["-rf", Path.Combine(to, Libraries)], cancellationToken);
            await Tool.RunAsync("cp", ["-a", Path.Combine(from, Libraries), Path.Combine(to, Libraries)], cancellationToken);
        }
    }
}
