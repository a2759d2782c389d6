namespace Companion.Foundation.Outbox;

/// <summary>
/// Tells the other replicas of due work, after its commit and a few times a second at most. Not inside the committing transaction:
/// PostgreSQL lets only one transaction that notifies commit at a time.
/// </summary>
internal sealed partial class OutboxNotifier(
    NpgsqlDataSource dataSource, OutboxSignal signal, TimeProvider clock, ILogger<OutboxNotifier> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await signal.NewsAsync(stoppingToken);
                await dataSource.ExecuteAsync($"notify {OutboxSignal.Channel}", [], stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // The others find the work by polling.
                Log.NotTold(logger, exception.GetType().Name);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(215, LogLevel.Debug, "Other replicas were not told of new outbox work: {Reason}.")]
        public static partial void NotTold(ILogger logger, string reason);
    }
}
