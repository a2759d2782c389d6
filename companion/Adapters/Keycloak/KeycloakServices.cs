using Companion.Community.Directory;
using Companion.Foundation.Kernel;
using Companion.Host;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Companion.Adapters.Keycloak;

internal static class KeycloakServices
{
    private const string AccountConsole = "account-console";

    private const long LargestAnswer = 4 * 1024 * 1024;

    public static IServiceCollection AddKeycloak(this IServiceCollection services)
    {
        services.AddOptions<KeycloakOptions>()
            .BindConfiguration(KeycloakOptions.SectionName)
            .Validate(o => CommunityOptions.IsBase(o.BaseUrl), "Keycloak:BaseUrl must be an http(s) address without a trailing slash.")
            .Validate(o => CommunityOptions.IsBase(o.PublicUrl), "Keycloak:PublicUrl must be an http(s) address without a trailing slash.")
            .Validate(o => KeycloakPaths.IsSegment(o.Realm), "Keycloak:Realm must be set to the realm's name.")
            .Validate(o => o.ClientId.Length > 0, "Keycloak:ClientId must be set.")
            .Validate(o => o.ClientSecret.Length > 0, "Keycloak:ClientSecret must be set.")
            .Validate(o => o.JoinClientId.Length > 0, "Keycloak:JoinClientId must not be empty.")
            .Validate(
                o => o.Timeout > TimeSpan.Zero && o.Timeout <= TimeSpan.FromMinutes(1),
                "Keycloak:Timeout must be positive and at most 1 minute.")
            .ValidateOnStart();
        services.AddOptions<AuthenticationOptions>().PostConfigure<IOptions<KeycloakOptions>>((tokens, keycloak) => Complete(tokens, keycloak.Value));
        services.TryAddSingleton(BuildTokenHandler);
        services.TryAddSingleton(BuildClient);
        services.TryAddSingleton<ISignIn, KeycloakSignIn>();
        services.TryAddSingleton<IIdentityProvider, KeycloakIdentityProvider>();
        return services;
    }

    /// <summary>Whose tokens the API takes follows from the realm, where nothing else is said.</summary>
    private static void Complete(AuthenticationOptions tokens, KeycloakOptions keycloak)
    {
        if (!KeycloakPaths.IsSegment(keycloak.Realm))
        {
            return;
        }

        tokens.Issuer = tokens.Issuer.Length > 0 ? tokens.Issuer : KeycloakPaths.Realm(keycloak.PublicUrl, keycloak.Realm);
        tokens.JwksUri = tokens.JwksUri.Length > 0 ? tokens.JwksUri : KeycloakPaths.Certificates(keycloak.BaseUrl, keycloak.Realm);
        if (tokens.AuthorizedParties.Count == 0)
        {
            tokens.AuthorizedParties.Add(AccountConsole);
        }
    }

    /// <summary>Makes new connections now and then, so that a moved server is found.</summary>
    private static KeycloakTokenHandler BuildTokenHandler(IServiceProvider provider) =>
        new(provider.GetRequiredService<IOptions<KeycloakOptions>>(), provider.GetRequiredService<TimeProvider>())
        {
            InnerHandler = new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(2),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            },
        };

    /// <summary>One client for the life of the process.</summary>
    private static KeycloakClient BuildClient(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<KeycloakOptions>>();
        return new KeycloakClient(
            new HttpClient(provider.GetRequiredService<KeycloakTokenHandler>(), disposeHandler: false)
            {
                BaseAddress = new Uri($"{options.Value.BaseUrl}/"),
                Timeout = options.Value.Timeout,
                MaxResponseContentBufferSize = LargestAnswer,
            },
            options,
            provider.GetRequiredService<ILogger<KeycloakClient>>());
    }
}
