using Companion.Community.Contacts;
using Companion.Foundation.Outbox;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Oversight.Erasing;

internal static class ErasingServices
{
    public static IServiceCollection AddErasing(this IServiceCollection services)
    {
        services.AddContacts();
        services.TryAddSingleton<ErasePerson>();
        services.TryAddSingleton<ForgetGoneAccounts>();
        services.AddOutboxHandler<InviteForgettingHandler>();
        services.AddHostedService(provider => provider.GetRequiredService<ForgetGoneAccounts>());
        return services;
    }
}
