using Companion.EventStore;
using Npgsql;

namespace Companion.Timeline;

/// <summary>Keeps sealing what is appended; replicas take turns.</summary>
internal sealed partial class SealTimeline(TimelineChain chain, TimeProvider clock, ILogger<SealTimeline> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await chain.SealAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or ConcurrencyException)
            {
                Log.Failed(logger, exception.GetType().Name);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(800, LogLevel.Warning, "The timeline was not sealed ({Reason}); tried again in ten seconds.")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
