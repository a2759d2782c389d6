using Companion.Community.Contacts;
using Companion.Community.Directory;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Companion.Community.Messages;

internal static class DeliveryServices
{
    public static IServiceCollection AddDelivery(this IServiceCollection services)
    {
        services.AddContacts();
        services.AddDirectory();
        services.AddOptions<MailOptions>()
            .BindConfiguration(MailOptions.SectionName)
            .Validate(o => o.Port is >= 1 and <= 65535, "Mail:Port must be between 1 and 65535.")
            .Validate(o => !o.IsConfigured || MailOptions.IsAddress(o.From), "Mail:From must be a plain address in ASCII.")
            .Validate(o => o.ReplyTo.Length == 0 || MailOptions.IsAddress(o.ReplyTo), "Mail:ReplyTo must be a plain address in ASCII.")
            .Validate(o => o.FromName.Length <= 80 && !o.FromName.Any(char.IsControl), "Mail:FromName must be one line of at most 80 characters.")
            .Validate(
                o => o.Security != MailSecurity.None || MailOptions.IsLoopback(o.Host),
                "Mail:Security may be None only for a mail server on this machine (Mail:Host a loopback address).")
            .Validate(
                o => o.HasWholeLogin,
                "Mail:Username and Mail:Password must both be set or both be empty; with Mail:Authentication XOAuth2, Mail:Username and either "
                + "Mail:OAuth:TokenFile or Mail:OAuth:TokenUrl (https), ClientId and ClientSecret, and no password.")
            .Validate(
                o => !o.Dkim.IsUsed || o.Dkim.IsWhole && o.Dkim.Covers(o.Domain),
                "Mail:Dkim:Domain, Selector and KeyFile must be set together, and the domain be that of Mail:From or one above it.")
            .Validate(
                o => o.Timeout >= TimeSpan.FromSeconds(10) && o.Timeout <= TimeSpan.FromMinutes(30),
                "Mail:Timeout must be between 10 seconds and 30 minutes.")
            .ValidateOnStart();
        services.TryAddSingleton<MailAttempts>();
        services.TryAddSingleton<MailChannel>();
        services.TryAddSingleton<MailMetrics>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MailOptions>, MailTemplateValidation>());
        services.TryAddSingleton<MailTemplates>();
        services.TryAddSingleton<MailDelivery>();
        return services;
    }
}
