using Sandbox.Components;
using Sandbox.Processes;

namespace Sandbox.Companion;

/// <summary>What the companion is started with.</summary>
/// <param name="Settings">Configuration in environment form, for example <c>Community__Name</c>.</param>
public sealed record CompanionPlan(string LogFile, int Port, IReadOnlyDictionary<string, string?> Settings);

/// <summary>The companion as an operator runs it: its built output, in a process of its own, configured by environment.</summary>
public sealed class CompanionServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly string _program;
    private readonly CompanionPlan _plan;
    private ManagedProcess? _process;

    private CompanionServer(string program, CompanionPlan plan)
    {
        _program = program;
        _plan = plan;
    }

    public string BaseUrl => $"http://127.0.0.1:{_plan.Port}";

    public string LogFile => _plan.LogFile;

    /// <summary>Of the running process; changes with a restart.</summary>
    public int ProcessId => _process!.Id;

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    public static async Task<CompanionServer> StartAsync(ComponentSettings settings, CompanionPlan plan, CancellationToken cancellationToken)
    {
        // Built beside this program: artifacts/bin/<project>/<configuration>.
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var program = Path.Combine(settings.Repository, "artifacts", "bin", "Companion", configuration, "Companion.dll");
        if (!File.Exists(program))
        {
            throw new SandboxException("The companion is not built: run 'dotnet build' in the repository first.");
        }

        var server = new CompanionServer(program, plan);
        await server.StartAgainAsync(cancellationToken);
        return server;
    }

    /// <summary>Starts the stopped or killed companion on the same port and settings.</summary>
    /// <param name="changes">Settings that differ this time.</param>
    public async Task StartAgainAsync(CancellationToken cancellationToken, IReadOnlyDictionary<string, string?>? changes = null)
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        var environment = new Dictionary<string, string?>(_plan.Settings) { ["ASPNETCORE_URLS"] = BaseUrl, ["DOTNET_ENVIRONMENT"] = "Production" };
        foreach (var (name, value) in changes ?? new Dictionary<string, string?>())
        {
            environment[name] = value;
        }

        _process = ManagedProcess.Start(new("companion", "dotnet", [_program], LogFile)
        {
            WorkingDirectory = Path.GetDirectoryName(_program),
            Environment = environment,
        });
        using var client = new HttpClient();
        try
        {
            await Launch.UntilReadyAsync(
                _process,
                async ct =>
                {
                    using var answer = await client.GetAsync(new Uri($"{BaseUrl}/health/ready"), ct);
                    return answer.IsSuccessStatusCode;
                },
                Patience,
                cancellationToken);
        }
        catch
        {
            await _process.KillAsync();
            throw;
        }
    }

    public Task StopAsync() => _process!.StopAsync();

    /// <summary>kill -9.</summary>
    public Task KillAsync() => _process!.KillAsync();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }
}
