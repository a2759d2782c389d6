using Companion.Foundation.Kernel;
using Companion.Foundation.Outbox;
using Companion.Foundation.Web;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Companion.Oversight.Webhooks;

internal static class OutgoingWebhookServices
{
    /// <summary>Of an answer nothing is wanted but its status; what comes behind it is thrown away up to this.</summary>
    private const int LargestAnswer = 16 * 1024;

    public static IServiceCollection AddOutgoingWebhooks(this IServiceCollection services)
    {
        services.AddOptions<OutgoingWebhookOptions>()
            .BindStrictly(OutgoingWebhookOptions.SectionName, options => options.Endpoints)
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OutgoingWebhookOptions>, OutgoingWebhookOptionsValidator>());
        services.AddHttpClient(nameof(WebhookSender), http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                MaxResponseHeadersLength = LargestAnswer / 1024,
                MaxResponseDrainSize = LargestAnswer,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            }).SetHandlerLifetime(Timeout.InfiniteTimeSpan).RemoveAllLoggers();
        services.TryAddSingleton(provider => new WebhookSender(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(WebhookSender)), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<WebhookMetrics>();
        services.TryAddSingleton<WebhookFeed>();
        services.AddHostedService<FollowTimeline>();
        return services.AddOutboxHandler<DeliverWebhook>();
    }
}
