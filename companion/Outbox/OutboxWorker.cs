using Companion.EventStore;
using Microsoft.Extensions.Options;

namespace Companion.Outbox;

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
    private static readonly TimeSpan MeasureInterval = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, OutboxHandler> _handlers = handlers.ToDictionary(handler => handler.Kind, StringComparer.Ordinal);

    private readonly Dictionary<string, SemaphoreSlim> _places = handlers.ToDictionary(
        handler => handler.Kind, handler => new SemaphoreSlim(handler.MaxParallel), StringComparer.Ordinal);

    /// <summary>Works off one batch of what is due now, and returns when all of it has an outcome.</summary>
    /// <returns>How many messages were claimed; zero when nothing is due.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var messages = await ClaimAsync(options.Value.Parallelism, cancellationToken);
        await Task.WhenAll(messages.Select(message => WorkAsync(message, cancellationToken)));
        return messages.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Enabled)
        {
            await Task.WhenAll(Enumerable.Range(0, options.Value.Parallelism).Select(_ => RunSlotAsync(stoppingToken)).Append(KeepHouseAsync(stoppingToken)));
        }
    }

    /// <summary>One of the slots that work side by side: a slow message holds up only its own.</summary>
    private async Task RunSlotAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await ClaimAsync(1, stoppingToken) is [var message])
                {
                    signal.Set(); // where one was due there may be another: wake the next slot
                    await WorkAsync(message, stoppingToken);
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

    private async Task KeepHouseAsync(CancellationToken stoppingToken)
    {
        var nextPurge = DateTimeOffset.MinValue;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                metrics.OldestDueAge = await table.OldestDueAgeAsync(clock.GetUtcNow(), stoppingToken);
                if (clock.GetUtcNow() >= nextPurge)
                {
                    await table.PurgeDoneAsync(clock.GetUtcNow() - options.Value.KeepDone, stoppingToken);
                    nextPurge = clock.GetUtcNow().AddHours(1);
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

            await Task.Delay(MeasureInterval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task<List<OutboxMessage>> ClaimAsync(int limit, CancellationToken cancellationToken)
    {
        var free = _places.Where(kind => kind.Value.CurrentCount > 0).Select(kind => kind.Key);
        return table.ClaimAsync([.. free], limit, options.Value.Lease, clock.GetUtcNow(), cancellationToken);
    }

    private async Task WorkAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var heartbeat = BeatAsync(message, lost);
        try
        {
            // More may have been claimed at once than there are places left.
            await _places[message.Kind].WaitAsync(lost.Token);
            try
            {
                var result = await AttemptAsync(message, lost.Token);
                await RecordAsync(message, result, CancellationToken.None);
            }
            finally
            {
                _places[message.Kind].Release();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await table.ReturnAsync(message, CancellationToken.None);
        }
        catch (Exception exception)
        {
            // Nothing was recorded; the lease runs out and the message is tried again.
            Log.NotRecorded(logger, message.Kind, message.Id, exception);
        }
        finally
        {
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
                OutboxTable.Postpone(unit, message, retry.Code, unit.Now + (retry.After ?? BackOff(message)), counts: true);
                await RunAsync(retry.Effect, unit, cancellationToken);
                break;
            case OutboxResult.Wait wait:
                OutboxTable.Postpone(unit, message, wait.Code, unit.Now + wait.After, counts: false);
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

    private async Task BeatAsync(OutboxMessage message, CancellationTokenSource lost)
    {
        using var timer = new PeriodicTimer(options.Value.Lease / 3, clock);
        while (await timer.WaitForNextTickAsync(lost.Token))
        {
            if (!await table.RenewAsync(message, options.Value.Lease, lost.Token))
            {
                await lost.CancelAsync();
                return;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(200, LogLevel.Error, "The outbox worker could not look for work; it goes on after a pause.")]
        public static partial void LoopFailed(ILogger logger, Exception exception);

        [LoggerMessage(201, LogLevel.Warning, "Handler of {Kind} failed on message {MessageId}, attempt {Attempt}.")]
        public static partial void HandlerFailed(ILogger logger, string kind, Guid messageId, int attempt, Exception exception);

        [LoggerMessage(202, LogLevel.Error, "The outcome of {Kind} message {MessageId} was not recorded.")]
        public static partial void NotRecorded(ILogger logger, string kind, Guid messageId, Exception exception);

        [LoggerMessage(203, LogLevel.Error, "{Kind} message {MessageId} is dead: {Code}.")]
        public static partial void Died(ILogger logger, string kind, Guid messageId, string code);
    }
}
