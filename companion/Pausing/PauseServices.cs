using Companion.Hosting;
using Companion.Outbox;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Pausing;

internal static class PauseServices
{
    public static IServiceCollection AddPausing(this IServiceCollection services)
    {
        services.TryAddSingleton<RepeatableRequests>();
        services.TryAddSingleton<PauseWishes>();
        services.TryAddSingleton<SwitchPause>();
        services.AddOutboxHandler<TellReopened>();
        return services.ConfigureHttpJsonOptions(
            options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, PauseApiJson.Default));
    }
}
