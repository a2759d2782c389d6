using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Foundation.Web;

internal static class WebhookServices
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddOptions<WebhookOptions>()
            .BindConfiguration(WebhookOptions.SectionName)
            .Validate(o => WebhookOptions.IsSecret(o.Secret), "Webhooks:Secret must be whsec_ and the base64 of 24 to 64 random bytes.")
            .Validate(
                o => string.IsNullOrEmpty(o.PreviousSecret) || WebhookOptions.IsSecret(o.PreviousSecret),
                "Webhooks:PreviousSecret must be whsec_ and the base64 of 24 to 64 random bytes, or absent.")
            .ValidateOnStart();
        services.TryAddSingleton<WebhookMetrics>();
        services.TryAddSingleton<WebhookReader>();
        return services;
    }
}
