using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Foundation.Outbox;

internal static class OutboxServices
{
    public static IServiceCollection AddOutbox(this IServiceCollection services)
    {
        services.AddOptions<OutboxOptions>()
            .BindConfiguration(OutboxOptions.SectionName)
            .Validate(o => o.Parallelism is >= 1 and <= 64, "Outbox:Parallelism must be between 1 and 64.")
            .Validate(o => o.Lease >= TimeSpan.FromSeconds(3), "Outbox:Lease must be at least 3 seconds.")
            .Validate(o => o.MaxAttempts >= 1, "Outbox:MaxAttempts must be at least 1.")
            .Validate(
                o => o.PollInterval > TimeSpan.Zero && o.PollInterval <= OutboxSignal.Soon,
                "Outbox:PollInterval must be positive and at most a minute.")
            .ValidateOnStart();
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
