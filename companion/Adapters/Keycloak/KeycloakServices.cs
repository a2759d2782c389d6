using Companion.Community.Directory;
using Companion.Foundation.Web;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Adapters.Keycloak;

internal static class KeycloakServices
{
    private const string AccountConsole = "account-console";

    private const long LargestAnswer = 4 * 1024 * 1024;

    public static IServiceCollection AddKeycloak(this IServiceCollection services)
    {
        services.AddSettings<KeycloakOptions>(KeycloakOptions.SectionName, settings => settings
            .Validate(o => KeycloakPaths.IsSegment(o.Realm), "Keycloak:Realm must be set to the realm's name."));
        services.AddOptions<AuthenticationOptions>().PostConfigure<IOptions<KeycloakOptions>>((tokens, keycloak) => Complete(tokens, keycloak.Value));
        AddClients(services);
        services.TryAddSingleton<ITokenRules, KeycloakTokenRules>();
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

    private static void AddClients(IServiceCollection services)
    {
        services.AddOutgoingClient<KeycloakTokens>(Configure, Connect);
        services.TryAddTransient<KeycloakTokenHandler>();
        services.AddOutgoingClient<KeycloakClient>(Configure, Connect).AddHttpMessageHandler<KeycloakTokenHandler>();
    }

    private static void Configure(IServiceProvider provider, HttpClient http)
    {
        var options = provider.GetRequiredService<IOptions<KeycloakOptions>>().Value;
        http.BaseAddress = new Uri($"{options.BaseUrl}/");
        http.Timeout = options.Timeout;
        http.MaxResponseContentBufferSize = LargestAnswer;
    }

    private static void Connect(SocketsHttpHandler connections) => connections.ConnectTimeout = TimeSpan.FromSeconds(2);
}
