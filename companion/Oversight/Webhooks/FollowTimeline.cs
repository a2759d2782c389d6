using Companion.Foundation.Web;

namespace Companion.Oversight.Webhooks;

/// <summary>Keeps looking for entries that endpoints have not been handed; replicas take turns. Deliveries go on from one to the next by themselves.</summary>
internal sealed class FollowTimeline(
    WebhookFeed feed, IOptions<WebhookOptions> options, TimeProvider clock, ILogger<FollowTimeline> logger)
    : PeriodicWorker(TimeSpan.FromSeconds(2), clock, logger)
{
    protected override bool IsEnabled => options.Value.Endpoints.Count > 0;

    public override Task RunOnceAsync(CancellationToken cancellationToken) => feed.FollowAsync(cancellationToken);
}
