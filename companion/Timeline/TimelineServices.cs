using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Timeline;

internal static class TimelineServices
{
    public static IServiceCollection AddTimeline(this IServiceCollection services)
    {
        services.TryAddSingleton<TimelineReader>();
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, TimelineJson.Default));
        return services;
    }
}
