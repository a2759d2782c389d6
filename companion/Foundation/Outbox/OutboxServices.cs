using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Foundation.Outbox;

internal static class OutboxServices
{
    public static IServiceCollection AddOutbox(this IServiceCollection services)
    {
        services.AddSettings<OutboxOptions>(OutboxOptions.SectionName);
        services.TryAddSingleton<OutboxSignal>();
        services.TryAddSingleton<OutboxMetrics>();
        services.TryAddSingleton<OutboxTable>();
        services.TryAddSingleton<OutboxInspection>();
        services.TryAddSingleton<OutboxAttempts>();
        services.TryAddSingleton<OutboxWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboxWorker>());
        services.AddHostedService<KeepOutbox>();
        services.AddHostedService<OutboxListener>();
        services.AddHostedService<OutboxNotifier>();
        return services;
    }

    public static IServiceCollection AddOutboxHandler<THandler>(this IServiceCollection services)
        where THandler : OutboxHandler
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<OutboxHandler, THandler>());
        return services;
    }
}
