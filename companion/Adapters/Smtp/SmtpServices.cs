using Companion.Community.Messages;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Adapters.Smtp;

internal static class SmtpServices
{
    private const long LargestTokenAnswer = 64 * 1024;

    public static IServiceCollection AddSmtp(this IServiceCollection services)
    {
        services.AddOptions<MailOptions>().Validate(
            options => !options.Dkim.IsUsed || DkimKey.IsGood(options.Dkim.KeyFile),
            "Mail:Dkim:KeyFile must name a file with a private RSA key of at least 1024 bits, in PEM.");
        services.AddHttpClient<MailTokens>(http =>
        {
            http.Timeout = TimeSpan.FromSeconds(20);
            http.MaxResponseContentBufferSize = LargestTokenAnswer;
        }).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        }).SetHandlerLifetime(Timeout.InfiniteTimeSpan).RemoveAllLoggers();
        services.TryAddSingleton<SmtpConnector>();
        services.TryAddSingleton<SmtpConnections>();
        services.AddHostedService(provider => provider.GetRequiredService<SmtpConnections>());
        services.TryAddSingleton<MessageWriter>();
        services.TryAddSingleton<IMessageChannel, SmtpChannel>();
        return services;
    }
}
