using Companion.Directory;
using Companion.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Companion.Keycloak;

internal static class KeycloakServices
{
    private const long LargestAnswer = 4 * 1024 * 1024;

    public static IServiceCollection AddKeycloak(this IServiceCollection services)
    {
        services.AddOptions<KeycloakOptions>()
            .BindConfiguration(KeycloakOptions.SectionName)
            .Validate(o => CommunityOptions.IsBase(o.BaseUrl), "Keycloak:BaseUrl must be an http(s) address without a trailing slash.")
            .Validate(o => CommunityOptions.IsBase(o.PublicUrl), "Keycloak:PublicUrl must be an http(s) address without a trailing slash.")
            .Validate(o => o.Realm.Length > 0, "Keycloak:Realm must be set.")
            .Validate(o => o.ClientId.Length > 0, "Keycloak:ClientId must be set.")
            .Validate(o => o.ClientSecret.Length > 0, "Keycloak:ClientSecret must be set.")
            .Validate(
                o => o.Timeout > TimeSpan.Zero && o.Timeout <= TimeSpan.FromMinutes(1),
                "Keycloak:Timeout must be positive and at most 1 minute.")
            .ValidateOnStart();
        services.TryAddSingleton(BuildClient);
        services.TryAddSingleton<IIdentityProvider, KeycloakIdentityProvider>();
        return services;
    }

    /// <summary>One client for the life of the process; its handler makes new connections so that a moved server is found.</summary>
    private static KeycloakClient BuildClient(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<KeycloakOptions>>();
        var token = new KeycloakTokenHandler(options, provider.GetRequiredService<TimeProvider>())
        {
            InnerHandler = new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(2),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            },
        };
        return new KeycloakClient(
            new HttpClient(token)
            {
                BaseAddress = new Uri($"{options.Value.BaseUrl}/"),
                Timeout = options.Value.Timeout,
                MaxResponseContentBufferSize = LargestAnswer,
            },
            options);
    }
}
