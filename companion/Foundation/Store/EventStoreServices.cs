using Companion.Host.CommandLine;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Foundation.Store;

internal static class EventStoreServices
{
    public static IServiceCollection AddEventStore(this IServiceCollection services)
    {
        services.TryAddSingleton<Transactions>();
        services.TryAddSingleton<Rebuild>();
        return services;
    }

    /// <summary>Makes a kind of stream known to rebuilds.</summary>
    public static IServiceCollection AddStream(this IServiceCollection services, IStreamType type)
    {
        if (!services.Any(service => service.ImplementationInstance == type))
        {
            services.AddSingleton(type);
        }

        return services;
    }
}
