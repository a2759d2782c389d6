using Sandbox.Processes;

namespace Sandbox.Components;

/// <summary>A Python environment of its own with the pinned Synapse in it.</summary>
internal static class SynapseInstallation
{
    private static readonly string Version = ComponentSettings.SynapseVersion;
    private static readonly string Name = $"synapse-{Version}";
    private static readonly string WheelFolder = $"{Name}-wheels";

    /// <summary>One sentence that says what is missing and how to get it, or null.</summary>
    public static string? Missing(ComponentSettings settings)
    {
        if (new ComponentCache(settings.Cache).Has(Name))
        {
            return null;
        }

        if (!Directory.Exists(Wheels(settings)) && !settings.MayDownload)
        {
            return $"Synapse {Version} is missing: pass --download to let pip fetch it, "
                + $"or put {WheelFolder} into the folder that COMPANION_COMPONENTS names.";
        }

        return Python(settings) is null
            ? "Synapse needs Python 3.11 with venv (Debian: apt-get install python3 python3-venv)."
            : null;
    }

    /// <summary>Returns the environment's Python interpreter.</summary>
    public static async Task<string> EnsureAsync(ComponentSettings settings, CancellationToken cancellationToken)
    {
        if (Missing(settings) is { } sentence)
        {
            throw new SandboxException(sentence);
        }

        var environment = await new ComponentCache(settings.Cache).EnsureAsync(
            Name, folder => InstallAsync(settings, folder, cancellationToken), cancellationToken);
        return Path.Combine(environment, "bin", "python");
    }

    private static async Task<string> InstallAsync(ComponentSettings settings, string folder, CancellationToken cancellationToken)
    {
        await Tool.RunAsync(Python(settings)!, ["-m", "venv", folder], cancellationToken);
        string[] source = Directory.Exists(Wheels(settings)) ? ["--no-index", "--find-links", Wheels(settings)] : [];
        await Tool.RunAsync(
            Path.Combine(folder, "bin", "python"),
            ["-m", "pip", "--disable-pip-version-check", "install", "--quiet", .. source, $"matrix-synapse[oidc]=={Version}"],
            cancellationToken);
        return folder;
    }

    // The packed wheels are built for 3.11; a download works with whatever Python there is.
    private static string? Python(ComponentSettings settings) =>
        Tool.Find("python3.11") ?? (Directory.Exists(Wheels(settings)) ? null : Tool.Find("python3"));

    private static string Wheels(ComponentSettings settings) => Path.Combine(settings.Archives, WheelFolder);
}
