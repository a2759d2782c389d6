using System.Reflection;

namespace Sandbox.Components;

/// <summary>Where real servers come from.</summary>
/// <param name="Repository">Root of this repository.</param>
/// <param name="Cache">Folder that everything is unpacked into once (<c>COMPANION_CACHE</c>).</param>
/// <param name="Archives">Folder with packed components (<c>COMPANION_COMPONENTS</c>); need not exist.</param>
/// <param name="KeycloakHome">An installation to copy from (<c>KEYCLOAK_HOME</c>), if any.</param>
/// <param name="MayDownload">Whether the person has agreed to downloads by Maven and pip.</param>
public sealed record ComponentSettings(string Repository, string Cache, string Archives, string? KeycloakHome, bool MayDownload)
{
    public static string KeycloakVersion { get; } = Pinned(nameof(KeycloakVersion));

    public static string KeycloakSha256 { get; } = Pinned(nameof(KeycloakSha256));

    public static string PostgresVersion { get; } = Pinned(nameof(PostgresVersion));

    public static string SynapseVersion { get; } = Pinned(nameof(SynapseVersion));

    public static ComponentSettings FromEnvironment(bool mayDownload = false)
    {
        var repository = FindRepository();
        return new(
            repository,
            Path.GetFullPath(Variable("COMPANION_CACHE") ?? Path.Combine(CacheHome(), "companion")),
            Path.GetFullPath(Variable("COMPANION_COMPONENTS") ?? Path.Combine(repository, "..", "shared", "components")),
            Variable("KEYCLOAK_HOME"),
            mayDownload);
    }

    private static string CacheHome() =>
        Variable("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Companion.sln")))
            {
                return folder.FullName;
            }
        }

        throw new SandboxException("The Sandbox builds parts of the repository it belongs to: run it from a clone, where Companion.sln is.");
    }

    // The versions stand in Directory.Build.props; the project file passes them on.
    private static string Pinned(string key) =>
        typeof(ComponentSettings).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(pin => pin.Key == key).Value
        ?? throw new InvalidOperationException($"{key} has no value in Directory.Build.props");
}
