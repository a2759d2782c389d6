using Companion.Foundation.Kernel;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Community.Contacts;

internal static class ContactServices
{
    public static IServiceCollection AddContacts(this IServiceCollection services)
    {
        services.AddSettings<ContactOptions>(ContactOptions.SectionName);
        services.TryAddSingleton<ContactKeys>();
        services.TryAddSingleton<ContactTable>();
        services.TryAddSingleton<SuppressionList>();
        services.TryAddSingleton<NeverAgainReferences>();
        return services;
    }
}
