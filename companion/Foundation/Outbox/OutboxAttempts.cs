namespace Companion.Foundation.Outbox;

/// <summary>Runs the handler of a claimed message, and writes its outcome.</summary>
internal sealed partial class OutboxAttempts(
    Transactions transactions,
    IEnumerable<OutboxHandler> handlers,
    OutboxMetrics metrics,
    IOptions<OutboxOptions> options,
    ILogger<OutboxAttempts> logger)
{
    /// <summary>What another side asks for is kept between these: none makes the worker spin, none postpones a message for years.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    private readonly Dictionary<string, OutboxHandler> _handlers = handlers.ToDictionary(handler => handler.Kind, StringComparer.Ordinal);

    /// <exception cref="ConcurrencyException">Another worker has the message by now; nothing was written.</exception>
    public async Task RunAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var result = await AttemptAsync(message, cancellationToken);
        if (result is OutboxResult.Retry retry && message.Attempts >= MaxAttempts(message))
        {
            result = new OutboxResult.Dead(retry.Code, retry.Effect);
        }

        // What was done is written down even when the process is stopping. The lease names this very run: attempts that don't count
        // repeat their number, and their events would repeat their ids.
        await transactions.RunAsync(message.LeaseOwner, (unit, ct) => WriteAsync(unit, message, result, ct), CancellationToken.None);
        metrics.Attempted(message.Kind, result);
        if (result is OutboxResult.Dead dead)
        {
            Log.Died(logger, message.Kind, message.Id, dead.Code);
        }
    }

    private async Task<OutboxResult> AttemptAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        if (message.Attempts > MaxAttempts(message))
        {
            // Claimed that often without an outcome: the process died each time.
            return new OutboxResult.Dead("crashed_repeatedly");
        }

        try
        {
            return await _handlers[message.Kind].HandleAsync(message, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.HandlerFailed(logger, message.Kind, message.Id, message.Attempts, exception);
            return new OutboxResult.Retry("handler_failed");
        }
    }

    private async Task WriteAsync(UnitOfWork unit, OutboxMessage message, OutboxResult result, CancellationToken cancellationToken)
    {
        switch (result)
        {
            case OutboxResult.Done done:
                OutboxTable.Finish(unit, message);
                await RunAsync(done.Effect, unit, cancellationToken);
                break;
            case OutboxResult.Retry retry:
                OutboxTable.Postpone(unit, message, retry.Code, unit.Now + (retry.After is { } asked ? Clamp(asked) : BackOff(message)), counts: true);
                await RunAsync(retry.Effect, unit, cancellationToken);
                break;
            case OutboxResult.Wait wait:
                OutboxTable.Postpone(unit, message, wait.Code, unit.Now + Clamp(wait.After), counts: false);
                await RunAsync(wait.Effect, unit, cancellationToken);
                break;
            case OutboxResult.Dead dead:
                OutboxTable.Bury(unit, message, dead.Code);
                await RunAsync(dead.Effect, unit, cancellationToken);
                await _handlers[message.Kind].OnDeadAsync(unit, message, dead.Code, cancellationToken);
                break;
        }
    }

    private static Task RunAsync(OutboxEffect? effect, UnitOfWork unit, CancellationToken cancellationToken) =>
        effect is null ? Task.CompletedTask : effect(unit, cancellationToken);

    private int MaxAttempts(OutboxMessage message) => _handlers[message.Kind].MaxAttempts ?? options.Value.MaxAttempts;

    private TimeSpan BackOff(OutboxMessage message) =>
        RetryDelay.FullJitter(message.Attempts, options.Value.RetryBase, options.Value.RetryCap, Random.Shared.NextDouble());

    private static TimeSpan Clamp(TimeSpan asked) => asked < ShortestPause ? ShortestPause : asked > LongestPause ? LongestPause : asked;

    private static partial class Log
    {
        [LoggerMessage(201, LogLevel.Warning, "Handler of {Kind} failed on message {MessageId}, attempt {Attempt}.")]
        public static partial void HandlerFailed(ILogger logger, string kind, Guid messageId, int attempt, Exception exception);

        [LoggerMessage(203, LogLevel.Error, "{Kind} message {MessageId} is dead: {Code}.")]
        public static partial void Died(ILogger logger, string kind, Guid messageId, string code);
    }
}
