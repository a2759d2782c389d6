using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Community.Contacts;

internal static class ContactServices
{
    public static IServiceCollection AddContacts(this IServiceCollection services)
    {
        // Several features ask for it; a check that is added twice reports a wrong setting twice.
        if (services.Any(service => service.ServiceType == typeof(ContactTable)))
        {
            return services;
        }

        services.AddOptions<ContactOptions>()
            .BindConfiguration(ContactOptions.SectionName)
            .Validate(
                o => o.KeepAfterEnd >= TimeSpan.Zero && o.KeepAfterEnd <= TimeSpan.FromDays(90),
                "Contacts:KeepAfterEnd must be between 0 and 90 days.")
            .ValidateOnStart();
        services.TryAddSingleton<ContactKeys>();
        services.TryAddSingleton<ContactTable>();
        services.TryAddSingleton<SuppressionList>();
        services.TryAddSingleton<NeverAgainReferences>();
        return services;
    }
}
