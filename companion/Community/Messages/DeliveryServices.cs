using Companion.Community.Contacts;
using Companion.Community.Directory;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Community.Messages;

internal static class DeliveryServices
{
    public static IServiceCollection AddDelivery(this IServiceCollection services)
    {
        services.AddContacts();
        services.AddDirectory();
        services.AddSettings<MailOptions>(MailOptions.SectionName, settings => settings
            .Validate(o => !o.IsConfigured || MailOptions.IsAddress(o.From), "Mail:From must be a plain address in ASCII.")
            .Validate(o => o.ReplyTo.Length == 0 || MailOptions.IsAddress(o.ReplyTo), "Mail:ReplyTo must be a plain address in ASCII.")
            .Validate(
                o => o.Security != MailSecurity.None || MailOptions.IsLoopback(o.Host),
                "Mail:Security may be None only for a mail server on this machine (Mail:Host a loopback address).")
            .Validate(
                o => o.HasWholeLogin,
                "Mail:Username and Mail:Password must both be set or both be empty; with Mail:Authentication XOAuth2, Mail:Username and either "
                + "Mail:OAuth:TokenFile or Mail:OAuth:TokenUrl (https), ClientId and ClientSecret, and no password.")
            .Validate(
                o => !o.Dkim.IsUsed || o.Dkim.IsWhole && o.Dkim.Covers(o.Domain),
                "Mail:Dkim:Domain, Selector and KeyFile must be set together, and the domain be that of Mail:From or one above it."));
        services.TryAddSingleton<MailAttempts>();
        services.TryAddSingleton<MailChannel>();
        services.TryAddSingleton<MailMetrics>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MailOptions>, MailTemplateValidation>());
        services.TryAddSingleton<MailTemplates>();
        services.TryAddSingleton<MailDelivery>();
        return services;
    }
}
