using System.IO.Compression;
using System.Security.Cryptography;
using Sandbox.Processes;

namespace Sandbox.Components;

/// <summary>The unpacked Keycloak of the pinned version. Never started in place: servers run from copies.</summary>
internal static class KeycloakDistribution
{
    private static readonly string Version = ComponentSettings.KeycloakVersion;
    private static readonly string Name = $"keycloak-{Version}";
    private static readonly string Coordinates = $"org.keycloak:keycloak-quarkus-dist:{Version}:zip";

    /// <summary>One sentence that says what is missing and how to get it, or null.</summary>
    public static string? Missing(ComponentSettings settings)
    {
        if (Java() is null)
        {
            return "Keycloak needs a JDK 17, 21 or 25: install one, or set JAVA_HOME.";
        }

        if (settings.KeycloakHome is { } home)
        {
            return IsPinned(home) ? null : $"KEYCLOAK_HOME is not a Keycloak {Version}: unset it or install that version.";
        }

        return new ComponentCache(settings.Cache).Has(Name) || File.Exists(Archive(settings)) || settings.MayDownload
            ? null
            : $"Keycloak {Version} is missing: pass --download to let Maven fetch {Coordinates}, set KEYCLOAK_HOME to an installation, "
                + $"or put {Name}.tar.xz into the folder that COMPANION_COMPONENTS names.";
    }

    public static Task<string> EnsureAsync(ComponentSettings settings, CancellationToken cancellationToken)
    {
        if (Missing(settings) is { } sentence)
        {
            throw new SandboxException(sentence);
        }

        return settings.KeycloakHome is { } home
            ? Task.FromResult(home)
            : new ComponentCache(settings.Cache).EnsureAsync(Name, folder => FillAsync(settings, folder, cancellationToken), cancellationToken);
    }

    private static async Task<string> FillAsync(ComponentSettings settings, string folder, CancellationToken cancellationToken)
    {
        if (File.Exists(Archive(settings)))
        {
            await Tool.RunAsync("tar", ["-xJf", Archive(settings), "-C", folder], cancellationToken);
        }
        else
        {
            await DownloadAsync(folder, cancellationToken);
        }

        return Path.Combine(folder, Name);
    }

    private static async Task DownloadAsync(string folder, CancellationToken cancellationToken)
    {
        await Tool.RunAsync(
            "mvn",
            [
                "-q", "-B", "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy",
                $"-Dartifact={Coordinates}", $"-DoutputDirectory={folder}",
            ],
            cancellationToken,
            workingDirectory: folder);
        var zip = Path.Combine(folder, $"keycloak-quarkus-dist-{Version}.zip");
        await using (var content = File.OpenRead(zip))
        {
            var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
            if (hash != ComponentSettings.KeycloakSha256)
            {
                throw new SandboxException($"The downloaded {Coordinates} has SHA-256 {hash}, not the pinned one: it is not used.");
            }
        }

        await ZipFile.ExtractToDirectoryAsync(zip, folder, cancellationToken);
    }

    private static string Archive(ComponentSettings settings) => Path.Combine(settings.Archives, $"{Name}.tar.xz");

    private static bool IsPinned(string home) =>
        File.Exists(Path.Combine(home, "version.txt"))
        && File.ReadAllText(Path.Combine(home, "version.txt")).Contains(Version, StringComparison.Ordinal);

    private static string? Java() =>
        Environment.GetEnvironmentVariable("JAVA_HOME") is { Length: > 0 } home && File.Exists(Path.Combine(home, "bin", "java"))
            ? Path.Combine(home, "bin", "java")
            : Tool.Find("java");
}
