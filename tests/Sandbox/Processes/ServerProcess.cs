using System.Data.Common;
using System.Net.Sockets;

namespace Sandbox.Processes;

/// <summary>A server that can be stopped or killed, and started again.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private ManagedProcess? _process;

    /// <summary>Of the running process; changes with a restart.</summary>
    public int Id => _process!.Id;

    /// <summary>From the last start to the first good answer.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>Starts a server that is ready when it answers a GET with success.</summary>
    public async Task StartAsync(ProcessPlan plan, Uri health, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        await StartAsync(
            plan,
            async ct =>
            {
                using var answer = await client.GetAsync(health, ct);
                return answer.IsSuccessStatusCode;
            },
            patience,
            cancellationToken);
    }

    /// <summary>Starts a server and waits until the probe says yes. One that ends meanwhile, or is late, is killed and fails with the end of its log.</summary>
    public async Task StartAsync(
        ProcessPlan plan, Func<CancellationToken, Task<bool>> probe, TimeSpan patience, CancellationToken cancellationToken)
    {
        await DisposeAsync();
        var startedAt = TimeProvider.System.GetTimestamp();
        _process = ManagedProcess.Start(plan);
        try
        {
            await WaitAsync(_process, probe, patience, cancellationToken);
        }
        catch
        {
            await _process.KillAsync();
            throw;
        }

        ReadyAfter = TimeProvider.System.GetElapsedTime(startedAt);
    }

    public Task StopAsync() => _process!.StopAsync();

    /// <inheritdoc cref="ManagedProcess.Freeze"/>
    public void Freeze() => _process!.Freeze();

    /// <inheritdoc cref="ManagedProcess.Thaw"/>
    public void Thaw() => _process!.Thaw();

    /// <summary>kill -9 of the server and everything it started.</summary>
    public Task KillAsync() => _process!.KillAsync();

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }
    }

    private static async Task WaitAsync(
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
        catch (Exception failure) when (failure is HttpRequestException or SocketException or IOException or DbException)
        {
            return false;
        }
    }
}
