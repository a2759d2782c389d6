using System.Net;
using System.Net.Sockets;

namespace Sandbox.Processes;

/// <summary>Starting servers on free ports and waiting until they answer.</summary>
internal static class Launch
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Between choosing a free port and binding it another program may take it: then the next one is tried.</summary>
    public static async Task<T> OnFreePortAsync<T>(Func<int, Task<T>> start)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await start(FreePort());
            }
            catch (ServerFailedException failure) when (failure.PortWasTaken && attempt < 5)
            {
                // Another port, then.
            }
        }
    }

    /// <summary>Polls until the probe says yes; a server that ends meanwhile, or is late, fails with the end of its log.</summary>
    public static async Task UntilReadyAsync(
        ManagedProcess process, Func<CancellationToken, Task<bool>> probe, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(patience);
        try
        {
            while (!await AnswersAsync(probe, deadline.Token))
            {
                if (process.HasExited)
                {
                    throw ServerFailedException.Of(process, "ended during its start");
                }

                await Task.Delay(Pause, deadline.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw ServerFailedException.Of(process, $"gave no answer within {patience.TotalSeconds:0} s");
        }
    }

    private static async Task<bool> AnswersAsync(Func<CancellationToken, Task<bool>> probe, CancellationToken cancellationToken)
    {
        try
        {
            return await probe(cancellationToken);
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException or IOException or System.Data.Common.DbException)
        {
            return false;
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
