using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Sandbox.Processes;

/// <summary>What to start, and where its output goes.</summary>
/// <param name="Name">Short name for messages.</param>
/// <param name="Program">A path, or a name looked up in PATH.</param>
/// <param name="LogFile">Standard output and error are appended here by the operating system, so nothing is lost when either side is killed.</param>
public sealed record ProcessPlan(string Name, string Program, IReadOnlyList<string> Arguments, string LogFile)
{
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public string? WorkingDirectory { get; init; }

    /// <summary>Account to drop to; null keeps the caller's.</summary>
    public Account? RunAs { get; init; }

    /// <summary>The signal that asks politely; PostgreSQL wants SIGINT for a fast shutdown.</summary>
    public int StopSignal { get; init; } = ManagedProcess.Terminate;
}

/// <summary>
/// A child process in a session of its own. A watchdog inside the session holds one end of a pipe whose other end is ours: when this
/// process ends, however it ends, the pipe closes and the whole group is killed. Ctrl+C in the terminal does not reach the child, so
/// servers are stopped in order.
/// </summary>
public sealed partial class ManagedProcess : IAsyncDisposable
{
    internal const int Interrupt = 2;
    internal const int Kill9 = 9;
    internal const int Terminate = 15;
    private const int Continue = 18;
    private const int Stop = 19;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    // The watchdog must not hold the log open, and the program must not hold the pipe open.
    private const string Launcher = """
        exec 3<&0 0</dev/null
        (cat <&3; kill -KILL 0) >/dev/null 2>&1 &
        exec 3<&-
        exec "$@" >>"$SANDBOX_LOG" 2>&1
        """;

    private readonly Process _process;
    private readonly ProcessPlan _plan;

    private ManagedProcess(Process process, ProcessPlan plan)
    {
        _process = process;
        _plan = plan;
    }

    public string Name => _plan.Name;

    public string LogFile => _plan.LogFile;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Only after the exit.</summary>
    public int ExitCode => _process.ExitCode;

    public static ManagedProcess Start(ProcessPlan plan)
    {
        var start = new ProcessStartInfo("setsid") { RedirectStandardInput = true, UseShellExecute = false };
        if (plan.WorkingDirectory is not null)
        {
            start.WorkingDirectory = plan.WorkingDirectory;
        }

        foreach (var (name, value) in plan.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["SANDBOX_LOG"] = plan.LogFile;
        foreach (var argument in (string[])["sh", "-c", Launcher, "sh", .. plan.RunAs?.Prefix ?? [], plan.Program, .. plan.Arguments])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{plan.Name} did not start");
        return new ManagedProcess(process, plan);
    }

    /// <summary>Waits for the program to end by itself; what it left running in its group is killed.</summary>
    public async Task WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        KillGroup();
    }

    /// <summary>Asks the program to stop, waits up to 20 s, then kills it.</summary>
    public async Task StopAsync()
    {
        if (!_process.HasExited)
        {
            _ = Signal(_process.Id, _plan.StopSignal);
            using var patience = new CancellationTokenSource(Grace);
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                // Falls through to the kill.
            }
        }

        await KillAsync();
    }

    /// <summary>SIGSTOP: the program stands still, and its connections stay open.</summary>
    public void Freeze() => _ = Signal(_process.Id, Stop);

    /// <summary>SIGCONT: it goes on, and knows nothing of the time between.</summary>
    public void Thaw() => _ = Signal(_process.Id, Continue);

    /// <summary>kill -9 of the program and everything it started.</summary>
    public async Task KillAsync()
    {
        KillGroup();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public string LogTail(int lines = 15) =>
        File.Exists(LogFile) ? string.Join('\n', File.ReadLines(LogFile).TakeLast(lines)) : "";

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
    }

    // The watchdog lives in the group, so the number cannot have been given to anyone else yet.
    private void KillGroup() => _ = Signal(-_process.Id, Kill9);

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Signal(int process, int signal);
}
