namespace Companion.Foundation.Outbox;

/// <summary>
/// The lease of a claimed message, renewed until this is disposed. A renewal that fails is tried again; <see cref="Token"/> is cancelled once
/// the lease can be over.
/// </summary>
internal sealed partial class OutboxLease : IAsyncDisposable
{
    private readonly OutboxTable _table;
    private readonly OutboxMessage _message;
    private readonly TimeSpan _length;
    private readonly TimeProvider _clock;
    private readonly ILogger<OutboxLease> _logger;
    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenSource _either;
    private readonly Task _heartbeat;

    /// <param name="since">Timestamp of the clock before the message was claimed.</param>
    public OutboxLease(
        OutboxTable table, OutboxMessage message, TimeSpan length, long since, TimeProvider clock, ILogger<OutboxLease> logger, CancellationToken stop)
    {
        (_table, _message, _length, _clock, _logger) = (table, message, length, clock, logger);
        _end = new CancellationTokenSource(Left(since), clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, stop);
        _heartbeat = BeatAsync();
    }

    public CancellationToken Token => _either.Token;

    public async ValueTask DisposeAsync()
    {
        await _either.CancelAsync();
        await _heartbeat.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _either.Dispose();
        _end.Dispose();
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(_length / 3, _clock);
        while (await timer.WaitForNextTickAsync(Token))
        {
            var since = _clock.GetTimestamp();
            switch (await RenewAsync())
            {
                case true:
                    _end.CancelAfter(Left(since));
                    break;
                case false:
                    await _end.CancelAsync();
                    return;
            }
        }
    }

    /// <returns>Null when the database did not answer in time for the next try.</returns>
    private async Task<bool?> RenewAsync()
    {
        using var late = new CancellationTokenSource(_length / 3, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, Token);
        try
        {
            return await _table.RenewAsync(_message, _length, either.Token);
        }
        catch (Exception exception) when (!Token.IsCancellationRequested)
        {
            Log.NotRenewed(_logger, _message.Kind, _message.Id, exception.GetType().Name);
            return null;
        }
    }

    private TimeSpan Left(long since)
    {
        var left = _length - _clock.GetElapsedTime(since);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static partial class Log
    {
        [LoggerMessage(204, LogLevel.Warning, "The lease of {Kind} message {MessageId} was not renewed ({Reason}); tried again while it can still hold.")]
        public static partial void NotRenewed(ILogger logger, string kind, Guid messageId, string reason);
    }
}
