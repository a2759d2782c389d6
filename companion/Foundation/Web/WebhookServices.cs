using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Foundation.Web;

internal static class WebhookServices
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddSettings<WebhookOptions>(WebhookOptions.SectionName);
        services.TryAddSingleton<WebhookMetrics>();
        services.TryAddSingleton<WebhookReader>();
        return services;
    }
}
