using System.Threading.Channels;

namespace Companion.Outbox;

/// <summary>Wakes this process's worker. A hint only: the worker also polls.</summary>
internal sealed class OutboxSignal
{
    /// <summary>PostgreSQL notification channel that wakes the workers of other replicas.</summary>
    public const string Channel = "companion_outbox";

    private readonly Channel<bool> _channel = System.Threading.Channels.Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _channel.Writer.TryWrite(true);

    /// <summary>Returns when signalled or when the time is over, whichever comes first.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _channel.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }
    }
}
