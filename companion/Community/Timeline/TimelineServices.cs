using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Community.Timeline;

internal static class TimelineServices
{
    public static IServiceCollection AddTimeline(this IServiceCollection services)
    {
        services.TryAddSingleton<TimelineReader>();
        services.TryAddSingleton<TimelineSeal>();
        services.TryAddSingleton<TimelineChain>();
        services.AddHostedService<SealTimeline>();
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, TimelineJson.Default));
        return services;
    }
}
