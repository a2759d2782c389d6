using System.Globalization;
using Sandbox.Components;
using Sandbox.Processes;

namespace Sandbox.Companion;

/// <summary>What the companion is started with.</summary>
/// <param name="Settings">Configuration in environment form, for example <c>Community__Name</c>.</param>
public sealed record CompanionPlan(string LogFile, IReadOnlyDictionary<string, string?> Settings);

/// <summary>The companion as an operator runs it: its built output, in a process of its own, configured by environment.</summary>
public sealed class CompanionServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly string _program;
    private readonly CompanionPlan _plan;
    private readonly ServerProcess _process = new();

    private CompanionServer(string program, CompanionPlan plan)
    {
        _program = program;
        _plan = plan;
    }

    public string BaseUrl { get; private set; } = "";

    public string LogFile => _plan.LogFile;

    /// <summary>From the start of the process to its first answer that it is ready.</summary>
    public TimeSpan ReadyAfter => _process.ReadyAfter;

    /// <summary>"debug" or "release": the companion is taken from beside this program, artifacts/bin/&lt;project&gt;/&lt;configuration&gt;.</summary>
    public static string Configuration { get; } = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    public static async Task<CompanionServer> StartAsync(ComponentSettings settings, CompanionPlan plan, CancellationToken cancellationToken)
    {
        var program = Path.Combine(settings.Repository, "artifacts", "bin", "Companion", Configuration, "Companion.dll");
        if (!File.Exists(program))
        {
            throw new SandboxException("The companion is not built: run 'dotnet build' in the repository first.");
        }

        var server = new CompanionServer(program, plan);
        await Launch.OnFreePortAsync(port =>
        {
            server.BaseUrl = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
            return server.StartAgainAsync(cancellationToken);
        });
        return server;
    }

    /// <summary>Starts the stopped or killed companion on the same port and settings.</summary>
    /// <param name="changes">Settings that differ this time.</param>
    public async Task StartAgainAsync(CancellationToken cancellationToken, IReadOnlyDictionary<string, string?>? changes = null)
    {
        var environment = Environment(changes ?? new Dictionary<string, string?>());
        await _process.StartAsync(
            new("companion", "dotnet", [_program], LogFile) { WorkingDirectory = Path.GetDirectoryName(_program), Environment = environment },
            new Uri($"{BaseUrl}/health/ready"),
            Patience,
            cancellationToken);
    }

    /// <summary>Runs one of the companion's verbs with the settings of this one, beside it.</summary>
    /// <param name="changes">Settings that differ this time.</param>
    /// <returns>Whether it ended well, and what it printed.</returns>
    public async Task<(bool Good, string Output)> RunAsync(
        IReadOnlyList<string> verb, IReadOnlyDictionary<string, string?> changes, CancellationToken cancellationToken)
    {
        try
        {
            return (true, await Tool.RunAsync(
                "dotnet", [_program, .. verb], cancellationToken, Path.GetDirectoryName(_program), Environment(changes)));
        }
        catch (ToolFailedException failed)
        {
            return (false, failed.Output);
        }
    }

    /// <summary>What the running process holds in memory (its resident set), in MB.</summary>
    public int ResidentMegabytes()
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return int.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>It stands still, as a machine does that has no time for it.</summary>
    public void Freeze() => _process.Freeze();

    public void Thaw() => _process.Thaw();

    public Task StopAsync() => _process.StopAsync();

    public Task KillAsync() => _process.KillAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private Dictionary<string, string?> Environment(IReadOnlyDictionary<string, string?> changes)
    {
        var environment = new Dictionary<string, string?>(_plan.Settings) { ["ASPNETCORE_URLS"] = BaseUrl, ["DOTNET_ENVIRONMENT"] = "Production" };
        foreach (var (name, value) in changes)
        {
            environment[name] = value;
        }

        return environment;
    }
}
