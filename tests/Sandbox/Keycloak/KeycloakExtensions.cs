using Sandbox.Components;
using Sandbox.Processes;

namespace Sandbox.Keycloak;

/// <summary>
/// The repository's provider and theme, packaged by Maven, the theme with its account console. Without npm the theme's account pages
/// are Keycloak's own. Built once per content of their sources.
/// </summary>
internal static class KeycloakExtensions
{
    private static readonly string[] Parts = ["idp-flows", "idp-theme"];

    /// <summary>Returns the jars that go into <c>providers/</c>.</summary>
    public static async Task<IReadOnlyList<string>> BuildAsync(ComponentSettings settings, CancellationToken cancellationToken)
    {
        var jars = new List<string>();
        foreach (var part in Parts.Where(part => File.Exists(Path.Combine(settings.Repository, part, "pom.xml"))))
        {
            jars.AddRange(await BuildAsync(settings, part, cancellationToken));
        }

        return jars;
    }

    private static async Task<string[]> BuildAsync(ComponentSettings settings, string part, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(settings.Repository, part);
        var sources = FolderHash.Sources(folder);
        var console = part == "idp-theme" ? await AccountConsole.BuildAsync(settings, cancellationToken) : null;
        var isStock = part == "idp-theme" && console is null;
        var hash = await FolderHash.OfAsync(folder, sources, cancellationToken);
        var built = await new ComponentCache(settings.Cache).EnsureAsync(
            $"{part}-{hash}{(isStock ? "-stock" : "")}",
            async work =>
            {
                // In a copy: a checkout that is read-only, or being built by somebody else, stays as it is.
                var copy = Path.Combine(work, "source");
                FolderHash.Copy(folder, sources, copy);
                if (console is not null)
                {
                    var bundle = Path.Combine(console, AccountConsole.Bundle);
                    FolderHash.Copy(bundle, FolderHash.Sources(bundle), Path.Combine(copy, "account", "dist"));
                }

                await PackageAsync(settings, copy, isStock ? ["-DstockAccountConsole"] : [], cancellationToken);
                return Collect(Path.Combine(copy, "target"), Path.Combine(work, "jars"), part);
            },
            cancellationToken);
        return Directory.GetFiles(built, "*.jar");
    }

    private static async Task PackageAsync(
        ComponentSettings settings, string folder, IReadOnlyList<string> options, CancellationToken cancellationToken)
    {
        var arguments = await MavenRepository.ArgumentsAsync(settings, cancellationToken);
        await Tool.RunAsync("mvn", [.. arguments, "-DskipTests", .. options, "package"], cancellationToken, workingDirectory: folder);
    }

    private static string Collect(string target, string jars, string part)
    {
        Directory.CreateDirectory(jars);
        var products = Directory.GetFiles(target, "*.jar").Where(jar => !jar.EndsWith("-sources.jar", StringComparison.Ordinal)).ToArray();
        if (products.Length == 0)
        {
            throw new SandboxException($"Packaging {part} gave no jar in its target folder: run 'mvn package' there to see why.");
        }

        foreach (var jar in products)
        {
            File.Copy(jar, Path.Combine(jars, Path.GetFileName(jar)));
        }

        return jars;
    }
}
