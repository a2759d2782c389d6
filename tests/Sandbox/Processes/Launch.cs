using System.Net;
using System.Net.Sockets;

namespace Sandbox.Processes;

/// <summary>Free ports, and starting servers on them.</summary>
internal static class Launch
{
    /// <summary>Between choosing a free port and binding it another program may take it: then the next one is tried.</summary>
    public static async Task OnFreePortAsync(Func<int, Task> start)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await start(FreePort());
                return;
            }
            catch (ServerFailedException failure) when (failure.PortWasTaken && attempt < 5)
            {
                // Another port, then.
            }
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>A server did not come up; the message ends with where its log is.</summary>
public sealed class ServerFailedException : SandboxException
{
    public ServerFailedException()
    {
    }

    public ServerFailedException(string message) : base(message)
    {
    }

    public ServerFailedException(string message, Exception innerException) : base(message, innerException)
    {
    }

    internal string LogTail { get; private init; } = "";

    internal bool PortWasTaken =>
        LogTail.Contains("in use", StringComparison.OrdinalIgnoreCase) || LogTail.Contains("already bound", StringComparison.OrdinalIgnoreCase);

    internal static ServerFailedException Of(ManagedProcess process, string what)
    {
        var tail = process.LogTail();
        return new($"{process.Name} {what}; its log {process.LogFile} ends with:\n{tail}") { LogTail = tail };
    }
}
