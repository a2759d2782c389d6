using Companion.Community.Timeline;
using Companion.Foundation.Outbox;
using Companion.Foundation.Web;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Oversight.Webhooks;

internal static class OutgoingWebhookServices
{
    /// <summary>Of an answer nothing is wanted but its status; what comes behind it is thrown away up to this.</summary>
    private const int LargestAnswer = 16 * 1024;

    public static IServiceCollection AddOutgoingWebhooks(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WebhookOptions>, WebhookEndpointValidator>());
        services.AddOutgoingClient<WebhookSender>((_, http) => http.Timeout = Timeout.InfiniteTimeSpan, connections =>
        {
            connections.MaxResponseHeadersLength = LargestAnswer / 1024;
            connections.MaxResponseDrainSize = LargestAnswer;
        });
        services.TryAddSingleton<WebhookMetrics>();
        services.TryAddSingleton<WebhookFeed>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITimelineFollower, WebhookPlaces>());
        services.AddHostedService<FollowTimeline>();
        return services.AddOutboxHandler<DeliverWebhook>();
    }
}
