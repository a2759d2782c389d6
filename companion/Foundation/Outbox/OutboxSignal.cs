using System.Threading.Channels;

namespace Companion.Foundation.Outbox;

/// <summary>Wakes workers, which then also learn when something is due next. A hint only: they poll too.</summary>
internal sealed class OutboxSignal
{
    /// <summary>PostgreSQL notification channel that wakes the workers of other replicas.</summary>
    public const string Channel = "companion_outbox";

    /// <summary>What falls due later than this is found by polling in time; what falls due sooner is announced.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    private readonly Channel<bool> _channel = CreateFlag();

    private readonly Channel<bool> _news = CreateFlag();

    /// <summary>Wakes this process's worker.</summary>
    public void Set() => _channel.Writer.TryWrite(true);

    /// <summary>Work that is due, or will be soon, was committed here: wakes this process's worker and, through <see cref="OutboxNotifier"/>, the others'.</summary>
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
