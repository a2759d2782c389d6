using Companion.Database;
using Npgsql;

namespace Companion.Hosting;

/// <summary>Deletes stored answers that nobody may ask for any more.</summary>
internal sealed partial class IdempotencyPurge(NpgsqlDataSource dataSource, TimeProvider clock, ILogger<IdempotencyPurge> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    public Task<int> RunOnceAsync(CancellationToken cancellationToken) => dataSource.ExecuteAsync(
        "delete from companion.idempotency where created_at < @before",
        [Param.Time("before", clock.GetUtcNow() - Idempotency.Keep)],
        cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (NpgsqlException exception)
            {
                Log.Failed(logger, exception.GetType().Name);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(330, LogLevel.Warning, "Old stored answers were not deleted ({Reason}); tried again in an hour.")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
