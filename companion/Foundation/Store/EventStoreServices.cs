using Marten;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Foundation.Store;

internal static class EventStoreServices
{
    public static IServiceCollection AddEventStore(this IServiceCollection services)
    {
        services.TryAddSingleton<IDocumentStore>(provider =>
            MartenStore.Open(provider.GetRequiredService<NpgsqlDataSource>(), provider.GetServices<IStreamType>()));
        services.TryAddSingleton<Transactions>();
        services.TryAddSingleton<EventLog>();
        services.TryAddSingleton<StreamPages>();
        services.TryAddSingleton<RebuildStreams>();
        return services;
    }

    /// <summary>Registers a kind of stream.</summary>
    public static IServiceCollection AddStream(this IServiceCollection services, IStreamType type)
    {
        if (!services.Any(service => service.ImplementationInstance == type))
        {
            services.AddSingleton(type);
        }

        return services;
    }
}
