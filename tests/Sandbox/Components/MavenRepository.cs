using Sandbox.Processes;

namespace Sandbox.Components;

/// <summary>How Maven is called: offline on the unpacked repository, or, with consent, on the person's own.</summary>
internal static class MavenRepository
{
    private const string Name = "m2";
    private const string ArchiveName = "maven-repository.tar.xz";

    /// <summary>One sentence that says what is missing and how to get it, or null.</summary>
    public static string? Missing(ComponentSettings settings)
    {
        if (Tool.Find("mvn") is null)
        {
            return "Building the Keycloak provider needs Maven: install it (Debian: apt-get install maven).";
        }

        return new ComponentCache(settings.Cache).Has(Name) || File.Exists(Archive(settings)) || settings.MayDownload
            ? null
            : "The provider's Maven dependencies are missing: pass --download to let Maven fetch them, "
                + $"or put {ArchiveName} into the folder that COMPANION_COMPONENTS names.";
    }

    /// <summary>The arguments that come before the goals.</summary>
    public static async Task<IReadOnlyList<string>> ArgumentsAsync(ComponentSettings settings, CancellationToken cancellationToken)
    {
        if (Missing(settings) is { } sentence)
        {
            throw new SandboxException(sentence);
        }

        var cache = new ComponentCache(settings.Cache);
        if (!cache.Has(Name) && !File.Exists(Archive(settings)))
        {
            return ["-q", "-B"];
        }

        var repository = await cache.EnsureAsync(
            Name,
            async folder =>
            {
                await Tool.RunAsync("tar", ["-xJf", Archive(settings), "-C", folder], cancellationToken);
                return Path.Combine(folder, Name);
            },
            cancellationToken);
        return ["-q", "-B", "-o", $"-Dmaven.repo.local={repository}"];
    }

    private static string Archive(ComponentSettings settings) => Path.Combine(settings.Archives, ArchiveName);
}
