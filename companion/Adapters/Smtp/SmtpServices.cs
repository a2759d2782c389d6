using Companion.Community.Messages;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Adapters.Smtp;

internal static class SmtpServices
{
    public static IServiceCollection AddSmtp(this IServiceCollection services)
    {
        services.TryAddSingleton<IMailSender, SmtpMailSender>();
        return services;
    }
}
