namespace Sandbox.Processes;

/// <summary>A program that is run to its end.</summary>
internal static class Tool
{
    /// <summary>Full path of a program in PATH, or null.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    /// <summary>Runs it and returns what it printed; a failure becomes one sentence with the last line of its output.</summary>
    public static async Task<string> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken,
        string? workingDirectory = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        Account? runAs = null)
    {
        var log = Path.GetTempFileName();
        try
        {
            await using var process = ManagedProcess.Start(new ProcessPlan(Path.GetFileName(program), program, arguments, log)
            {
                WorkingDirectory = workingDirectory,
                Environment = environment ?? new Dictionary<string, string?>(),
                RunAs = runAs,
            });
            await process.WaitForExitAsync(cancellationToken);
            var output = await File.ReadAllTextAsync(log, cancellationToken);
            return process.ExitCode == 0
                ? output
                : throw new ToolFailedException($"'{process.Name} {string.Join(' ', arguments)}' failed: {LastWords(output)}", output);
        }
        finally
        {
            File.Delete(log);
        }
    }

    private static string LastWords(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var telling = lines.FirstOrDefault(line => line.StartsWith("[ERROR]", StringComparison.Ordinal)) ?? lines.LastOrDefault();
        return telling ?? "it printed nothing";
    }
}

/// <summary>A program ended with an error.</summary>
public sealed class ToolFailedException : SandboxException
{
    public ToolFailedException()
    {
    }

    public ToolFailedException(string message) : base(message)
    {
    }

    public ToolFailedException(string message, Exception innerException) : base(message, innerException)
    {
    }

    internal ToolFailedException(string message, string output) : base(message) => Output = output;

    public string Output { get; } = "";
}
