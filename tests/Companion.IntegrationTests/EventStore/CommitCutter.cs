using System.Net;
using System.Net.Sockets;

namespace Companion.IntegrationTests.EventStore;

/// <summary>Stands between the companion and PostgreSQL. Once armed, it cuts the connection that sends the next COMMIT.</summary>
internal sealed class CommitCutter : IAsyncDisposable
{
    public enum Cut
    {
        /// <summary>The server never sees the COMMIT.</summary>
        Before,

        /// <summary>The server commits; its answer is swallowed.</summary>
        After,

        /// <summary>The server gets the COMMIT and nobody waits for it.</summary>
        During,
    }

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly (string Host, int Port) _server;
    private readonly Task _accepting;
    private Cut? _armed;

    public CommitCutter(string host, int port)
    {
        _server = (host, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Connections that were cut.</summary>
    public int Cuts { get; private set; }

    public void Arm(Cut cut) => _armed = cut;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        finally
        {
            await Task.WhenAll(connections).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            await server.ConnectAsync(_server.Host, _server.Port, _stop.Token);
            using var swallow = new CancellationTokenSource();
            var answers = CopyAsync(server.GetStream(), client.GetStream(), swallow.Token);
            var buffer = new byte[64 * 1024];
            int count;
            while ((count = await ReadAsync(client.GetStream(), buffer)) > 0)
            {
                if (_armed is { } cut && buffer.AsSpan(0, count).IndexOf("COMMIT\0"u8) >= 0)
                {
                    _armed = null;
                    Cuts++;
                    await CutAsync(cut, server.GetStream(), buffer.AsMemory(0, count), swallow, answers);
                    return;
                }

                await server.GetStream().WriteAsync(buffer.AsMemory(0, count), _stop.Token);
            }
        }
    }

    private async Task CutAsync(Cut cut, NetworkStream server, ReadOnlyMemory<byte> commit, CancellationTokenSource swallow, Task answers)
    {
        await swallow.CancelAsync();
        await answers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (cut == Cut.Before)
        {
            return;
        }

        await server.WriteAsync(commit, _stop.Token);
        if (cut == Cut.After)
        {
            await server.ReadExactlyAsync(new byte[1], _stop.Token);
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, CancellationToken swallow)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(swallow, _stop.Token);
        await from.CopyToAsync(to, either.Token);
    }

    private async Task<int> ReadAsync(NetworkStream stream, byte[] buffer)
    {
        try
        {
            return await stream.ReadAsync(buffer, _stop.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            return 0;
        }
    }
}
