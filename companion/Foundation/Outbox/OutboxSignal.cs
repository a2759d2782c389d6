using System.Threading.Channels;

namespace Companion.Foundation.Outbox;

/// <summary>Wakes workers. A hint only: they also poll.</summary>
internal sealed class OutboxSignal
{
    /// <summary>PostgreSQL notification channel that wakes the workers of other replicas.</summary>
    public const string Channel = "companion_outbox";

    private readonly Channel<bool> _channel = CreateFlag();

    private readonly Channel<bool> _news = CreateFlag();

    /// <summary>Wakes this process's worker.</summary>
    public void Set() => _channel.Writer.TryWrite(true);

    /// <summary>Due work was committed here: wakes this process's worker and, through <see cref="OutboxNotifier"/>, the others'.</summary>
    public void Announce()
    {
        Set();
        _news.Writer.TryWrite(true);
    }

    /// <summary>Returns when something was announced since the last call.</summary>
    public async Task NewsAsync(CancellationToken cancellationToken) => await _news.Reader.ReadAsync(cancellationToken);

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

    private static Channel<bool> CreateFlag() => System.Threading.Channels.Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
}
