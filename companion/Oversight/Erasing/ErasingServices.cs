using Companion.Community.Contacts;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Oversight.Erasing;

internal static class ErasingServices
{
    public static IServiceCollection AddErasing(this IServiceCollection services)
    {
        services.AddContacts();
        services.TryAddSingleton<ErasePerson>();
        services.TryAddSingleton<ForgetGoneAccounts>();
        services.AddHostedService(provider => provider.GetRequiredService<ForgetGoneAccounts>());
        return services;
    }
}
