using Companion.Foundation.Outbox;
using Companion.Foundation.Web;
using Companion.Journey.Invites;
using Companion.Journey.Landing;
using Companion.Oversight.Moderation;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Community.Pausing;

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
