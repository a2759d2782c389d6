using Companion.EventStore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Companion.Webhooks;

/// <summary>Keeps looking for entries that endpoints have not been handed; replicas take turns. Deliveries go on from one to the next by themselves.</summary>
internal sealed partial class FollowTimeline(
    WebhookFeed feed, IOptions<OutgoingWebhookOptions> options, TimeProvider clock, ILogger<FollowTimeline> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Endpoints.Count == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await feed.FollowAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or ConcurrencyException)
            {
                Log.Failed(logger, exception.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static partial class Log
    {
        [LoggerMessage(900, LogLevel.Warning, "Outgoing webhooks were not handed over ({Reason}); tried again in two seconds.")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
