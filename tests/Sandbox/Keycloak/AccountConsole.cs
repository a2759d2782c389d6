using Sandbox.Components;
using Sandbox.Processes;

namespace Sandbox.Keycloak;

/// <summary>The repository's account console, built by npm once per content of its sources.</summary>
internal static class AccountConsole
{
    /// <summary>The bundle, as it goes into the theme and is served.</summary>
    public const string Bundle = "dist";

    /// <summary>One sentence that says what is missing and how to get it, or null.</summary>
    public static string? Missing => Tool.Find("npm") is null ? "The account console needs npm: install Node.js 20.19 or newer." : null;

    /// <returns>A folder with the <see cref="Bundle"/> and, in <c>vendor</c>, what Keycloak serves with it; null without npm.</returns>
    public static async Task<string?> BuildAsync(ComponentSettings settings, CancellationToken cancellationToken)
    {
        if (Missing is not null)
        {
            return null;
        }

        var folder = Path.Combine(settings.Repository, "idp-theme", "account");
        var sources = FolderHash.Sources(folder);
        return await new ComponentCache(settings.Cache).EnsureAsync(
            $"account-console-{await FolderHash.OfAsync(folder, sources, cancellationToken)}",
            async work =>
            {
                var (source, built) = (Path.Combine(work, "source"), Path.Combine(work, "built"));
                FolderHash.Copy(folder, sources, source);
                await Tool.RunAsync("npm", ["ci", "--no-fund", "--no-audit"], cancellationToken, workingDirectory: source);
                await Tool.RunAsync("npm", ["run", "build", "--", "--outDir", Path.Combine(built, Bundle)], cancellationToken, workingDirectory: source);
                await Tool.RunAsync("npm", ["run", "build:react", "--", "--outDir", Path.Combine(built, "vendor")], cancellationToken, workingDirectory: source);
                return built;
            },
            cancellationToken);
    }
}
