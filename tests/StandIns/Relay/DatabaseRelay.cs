using System.Net;
using System.Net.Sockets;

namespace StandIns.Relay;

/// <summary>When the connection of a COMMIT breaks.</summary>
public enum CommitCut
{
    /// <summary>The server never sees the COMMIT.</summary>
    Before,

    /// <summary>The server commits; its answer is swallowed.</summary>
    After,

    /// <summary>The server gets the COMMIT and nobody waits for it.</summary>
    During,
}

/// <summary>Stands before a PostgreSQL server, for clients without TLS, and cuts connections that send a COMMIT when asked to.</summary>
public sealed class DatabaseRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly PlannedFaults<DatabaseRelay, CommitCut> _planned = new();
    private readonly (string Host, int Port) _server;
    private readonly Task _accepting;

    public DatabaseRelay(string host, int port)
    {
        _server = (host, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>On 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Cuts the connection that sends the next COMMIT; asked for again, that of the one after it.</summary>
    public PlannedFault CutNext(CommitCut cut) => _planned.Add(_ => true, cut);

    /// <summary>From now on nothing is cut.</summary>
    public void Behave() => _planned.Clear();

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
                connections.RemoveAll(connection => connection.IsCompleted);
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        finally
        {
            await Task.WhenAll(connections);
        }
    }

    /// <summary>One side's end, for whatever reason, is the other side's.</summary>
    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        using var server = new TcpClient();
        try
        {
            await server.ConnectAsync(_server.Host, _server.Port, _stop.Token);
            using var over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            var answers = server.GetStream().CopyToAsync(client.GetStream(), over.Token);
            var questions = AskAsync(client.GetStream(), server.GetStream(), over.Token);
            await Task.WhenAny(answers, questions);
            await over.CancelAsync();
            await answers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (await questions is { } commit)
            {
                await CutAsync(commit.Cut, server.GetStream(), commit.Message);
            }
        }
        catch (Exception end) when (end is IOException or SocketException or OperationCanceledException)
        {
            // Either side is gone.
        }
    }

    /// <summary>Passes on what the client says, up to its end or to a COMMIT that is to be cut.</summary>
    private async Task<(CommitCut Cut, ReadOnlyMemory<byte> Message)?> AskAsync(
        NetworkStream client, NetworkStream server, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await client.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (buffer.AsSpan(0, count).IndexOf("COMMIT\0"u8) >= 0 && _planned.TryTake(this, out var cut))
            {
                return (cut, buffer.AsMemory(0, count));
            }

            await server.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }

        return null;
    }

    private async Task CutAsync(CommitCut cut, NetworkStream server, ReadOnlyMemory<byte> commit)
    {
        if (cut == CommitCut.Before)
        {
            return;
        }

        await server.WriteAsync(commit, _stop.Token);
        if (cut == CommitCut.After)
        {
            await server.ReadExactlyAsync(new byte[1], _stop.Token);
        }
    }
}
