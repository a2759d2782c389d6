namespace Companion.Foundation.Outbox;

/// <summary>Turns PostgreSQL notifications into the worker's signal. Without it work only starts a poll interval later.</summary>
internal sealed partial class OutboxListener(
    NpgsqlDataSource dataSource, OutboxSignal signal, IOptions<OutboxOptions> options, TimeProvider clock, ILogger<OutboxListener> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (options.Value.Enabled && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Disconnected(logger, exception.GetType().Name);
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, _) => signal.Set();
        await using (var listen = new NpgsqlCommand($"listen {OutboxSignal.Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        signal.Set();
        while (true)
        {
            await connection.WaitAsync(cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(210, LogLevel.Warning, "Outbox notifications are interrupted ({Reason}); polling goes on.")]
        public static partial void Disconnected(ILogger logger, string reason);
    }
}
