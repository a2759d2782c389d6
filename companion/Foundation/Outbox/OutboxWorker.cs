namespace Companion.Foundation.Outbox;

/// <summary>
/// Claims due messages by lease, for all free places at once, and runs their handlers side by side: a slow message holds up only its own place.
/// Any number of replicas may run it.
/// </summary>
internal sealed partial class OutboxWorker(
    OutboxTable table,
    OutboxAttempts attempts,
    IEnumerable<OutboxHandler> handlers,
    OutboxSignal signal,
    IOptions<OutboxOptions> options,
    TimeProvider clock,
    ILogger<OutboxWorker> logger,
    ILogger<OutboxLease> leaseLogger) : BackgroundService
{
    /// <summary>Before looking again for what is due but held by a transaction of somebody else.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);

    private readonly OutboxPlaces _places = new(options.Value.Parallelism, handlers);
    private readonly SemaphoreSlim _claiming = new(1);

    /// <summary>Works off one batch of what is due now, and returns when all of it has an outcome.</summary>
    /// <returns>How many messages were claimed; zero when nothing is due.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var since = clock.GetTimestamp();
        var claims = await ClaimAsync(cancellationToken);
        await Task.WhenAll(claims.Messages.Select(message => WorkAsync(message, since, cancellationToken)));
        return claims.Messages.Count;
    }

    public override void Dispose()
    {
        _claiming.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<Task> running = [];
        while (options.Value.Enabled && !stoppingToken.IsCancellationRequested)
        {
            var pause = options.Value.PollInterval;
            try
            {
                var since = clock.GetTimestamp();
                var claims = await ClaimAsync(stoppingToken);
                running.RemoveAll(task => task.IsCompleted);
                running.AddRange(claims.Messages.Select(message => Task.Run(() => WorkAsync(message, since, stoppingToken), CancellationToken.None)));
                pause = claims.UntilNextLook(_places.Free(), ShortestPause, options.Value.PollInterval);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.LoopFailed(logger, exception);
            }
            catch (OperationCanceledException)
            {
                break;
            }

            await signal.WaitAsync(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(running);
    }

    /// <summary>Claims what is due for all free places, and takes them. A kind at its limit holds no place and no lease while it waits.</summary>
    private async Task<OutboxClaims> ClaimAsync(CancellationToken cancellationToken)
    {
        // One at a time, so that a place that was seen free is free when the message is there.
        await _claiming.WaitAsync(cancellationToken);
        try
        {
            var offer = _places.Free();
            if (offer.Kinds.Count == 0)
            {
                return OutboxClaims.None;
            }

            var claims = await table.ClaimAsync(offer, options.Value.Lease, clock.GetUtcNow(), cancellationToken);
            _places.Take(claims.Messages);
            return claims;
        }
        finally
        {
            _claiming.Release();
        }
    }

    private async Task WorkAsync(OutboxMessage message, long since, CancellationToken cancellationToken)
    {
        try
        {
            await using var lease = new OutboxLease(table, message, options.Value.Lease, since, clock, leaseLogger, cancellationToken);
            await attempts.RunAsync(message, lease.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await ReturnAsync(message);
        }
        catch (Exception exception)
        {
            // Nothing was recorded; the lease expires and the message is tried again.
            Log.NotRecorded(logger, message.Kind, message.Id, exception);
        }
        finally
        {
            _places.Release(message);
            signal.Set();
        }
    }

    private async Task ReturnAsync(OutboxMessage message)
    {
        try
        {
            await table.ReturnAsync(message, CancellationToken.None);
        }
        catch (Exception exception)
        {
            Log.NotRecorded(logger, message.Kind, message.Id, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(200, LogLevel.Error, "The outbox worker could not look for work; it goes on after a pause.")]
        public static partial void LoopFailed(ILogger logger, Exception exception);

        [LoggerMessage(202, LogLevel.Error, "The outcome of {Kind} message {MessageId} was not recorded.")]
        public static partial void NotRecorded(ILogger logger, string kind, Guid messageId, Exception exception);
    }
}
