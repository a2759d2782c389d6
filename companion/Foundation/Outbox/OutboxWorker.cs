using Companion.Foundation.Store;
using Microsoft.Extensions.Options;

namespace Companion.Foundation.Outbox;

/// <summary>Claims due messages by lease and runs their handlers. Any number of replicas may run it.</summary>
internal sealed partial class OutboxWorker(
    OutboxTable table,
    Transactions transactions,
    IEnumerable<OutboxHandler> handlers,
    OutboxSignal signal,
    OutboxMetrics metrics,
    IOptions<OutboxOptions> options,
    TimeProvider clock,
    ILogger<OutboxWorker> logger) : BackgroundService
{
    /// <summary>What another side asks for is kept between these: none makes the worker spin, none parks a message for years.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    private readonly Dictionary<string, OutboxHandler> _handlers = handlers.ToDictionary(handler => handler.Kind, StringComparer.Ordinal);

    private readonly Dictionary<string, SemaphoreSlim> _places = handlers.ToDictionary(
        handler => handler.Kind, handler => new SemaphoreSlim(handler.MaxParallel), StringComparer.Ordinal);

    private readonly SemaphoreSlim _claiming = new(1);

    /// <summary>Works off one batch of what is due now, and returns when all of it has an outcome.</summary>
    /// <returns>How many messages were claimed; zero when nothing is due.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        List<Claim> claims = [];
        try
        {
            while (claims.Count < options.Value.Parallelism && await ClaimAsync(cancellationToken) is { } claim)
            {
                claims.Add(claim);
            }
        }
        finally
        {
            await Task.WhenAll(claims.Select(claim => WorkAsync(claim, cancellationToken)));
        }

        return claims.Count;
    }

    public override void Dispose()
    {
        _claiming.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Enabled)
        {
            await Task.WhenAll(Enumerable.Range(0, options.Value.Parallelism).Select(_ => RunSlotAsync(stoppingToken)));
        }
    }

    /// <summary>One of the slots that work side by side: a slow message holds up only its own.</summary>
    private async Task RunSlotAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await ClaimAsync(stoppingToken) is { } claim)
                {
                    signal.Set(); // where one was due there may be another: wake the next slot
                    await WorkAsync(claim, stoppingToken);
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.LoopFailed(logger, exception);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await signal.WaitAsync(options.Value.PollInterval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Takes one message, and the place of its kind with it: a kind at its limit holds no slot and no lease while it waits.</summary>
    /// <returns>Null when nothing is due of a kind that has a place.</returns>
    private async Task<Claim?> ClaimAsync(CancellationToken cancellationToken)
    {
        // One at a time, so that a place that was seen free is free when the message is there.
        await _claiming.WaitAsync(cancellationToken);
        try
        {
            var since = clock.GetTimestamp();
            var free = _places.Where(kind => kind.Value.CurrentCount > 0).Select(kind => kind.Key);
            if (await table.ClaimAsync([.. free], options.Value.Lease, clock.GetUtcNow(), cancellationToken) is not { } message)
            {
                return null;
            }

            await _places[message.Kind].WaitAsync(CancellationToken.None);
            return new Claim(message, since);
        }
        finally
        {
            _claiming.Release();
        }
    }

    private async Task WorkAsync(Claim claim, CancellationToken cancellationToken)
    {
        var message = claim.Message;
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var heartbeat = BeatAsync(claim, lost);
        try
        {
            var result = await AttemptAsync(message, lost.Token);
            await RecordAsync(message, result, CancellationToken.None);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await table.ReturnAsync(message, CancellationToken.None);
        }
        catch (Exception exception)
        {
            // Nothing was recorded; the lease expires and the message is tried again.
            Log.NotRecorded(logger, message.Kind, message.Id, exception);
        }
        finally
        {
            _places[message.Kind].Release();
            await lost.CancelAsync();
            await heartbeat.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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

    private async Task RecordAsync(OutboxMessage message, OutboxResult result, CancellationToken cancellationToken)
    {
        if (result is OutboxResult.Retry retry && message.Attempts >= MaxAttempts(message))
        {
            result = new OutboxResult.Dead(retry.Code, retry.Effect);
        }

        // The lease names this very run: attempts that don't count repeat their number, and their events would repeat their ids.
        await transactions.RunAsync(message.LeaseOwner, (unit, ct) => WriteAsync(unit, message, result, ct), cancellationToken);
        metrics.Attempted(message.Kind, result);
        if (result is OutboxResult.Dead dead)
        {
            Log.Died(logger, message.Kind, message.Id, dead.Code);
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

    /// <summary>Renews the lease while the handler runs. A renewal that fails is tried again; the handler is stopped once the lease can be over.</summary>
    private async Task BeatAsync(Claim claim, CancellationTokenSource lost)
    {
        var (message, renewed) = claim;
        using var timer = new PeriodicTimer(options.Value.Lease / 3, clock);
        while (await timer.WaitForNextTickAsync(lost.Token))
        {
            var now = clock.GetTimestamp();
            if (await RenewAsync(message, lost.Token) is { } isOurs)
            {
                renewed = now;
                if (isOurs)
                {
                    continue;
                }
            }
            else if (clock.GetElapsedTime(renewed) < options.Value.Lease)
            {
                continue;
            }

            await lost.CancelAsync();
            return;
        }
    }

    /// <returns>Null when the database did not answer in time for the next try.</returns>
    private async Task<bool?> RenewAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(options.Value.Lease / 3, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await table.RenewAsync(message, options.Value.Lease, either.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotRenewed(logger, message.Kind, message.Id, exception.GetType().Name);
            return null;
        }
    }

    /// <param name="Since">Timestamp at which the lease began at the latest that can be told here.</param>
    private sealed record Claim(OutboxMessage Message, long Since);

    private static partial class Log
    {
        [LoggerMessage(200, LogLevel.Error, "The outbox worker could not look for work; it goes on after a pause.")]
        public static partial void LoopFailed(ILogger logger, Exception exception);

        [LoggerMessage(201, LogLevel.Warning, "Handler of {Kind} failed on message {MessageId}, attempt {Attempt}.")]
        public static partial void HandlerFailed(ILogger logger, string kind, Guid messageId, int attempt, Exception exception);

        [LoggerMessage(202, LogLevel.Error, "The outcome of {Kind} message {MessageId} was not recorded.")]
        public static partial void NotRecorded(ILogger logger, string kind, Guid messageId, Exception exception);

        [LoggerMessage(204, LogLevel.Warning, "The lease of {Kind} message {MessageId} was not renewed ({Reason}); tried again while it can still hold.")]
        public static partial void NotRenewed(ILogger logger, string kind, Guid messageId, string reason);

        [LoggerMessage(203, LogLevel.Error, "{Kind} message {MessageId} is dead: {Code}.")]
        public static partial void Died(ILogger logger, string kind, Guid messageId, string code);
    }
}
