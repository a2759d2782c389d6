using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.EventStore;

internal static class EventStoreServices
{
    public static IServiceCollection AddEventStore(this IServiceCollection services)
    {
        services.TryAddSingleton<Transactions>();
        return services;
    }
}
