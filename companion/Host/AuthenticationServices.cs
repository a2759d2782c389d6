using Companion.Foundation.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using AuthenticationOptions = Companion.Foundation.Web.AuthenticationOptions;

namespace Companion.Host;

/// <summary>Bearer tokens of one realm for everything that does not say AllowAnonymous, and CORS for the consoles.</summary>
internal static class AuthenticationServices
{
    private const string Scheme = JwtBearerDefaults.AuthenticationScheme;

    /// <summary>Characters; Keycloak's have some 1500.</summary>
    private const int LongestToken = 8 * 1024;

    public static IServiceCollection AddCompanionAuthentication(this IServiceCollection services)
    {
        services.AddSettings<AuthenticationOptions>(AuthenticationOptions.SectionName, settings => settings
            .Validate(
                o => o.HasUsableJwksUri,
                "Authentication:JwksUri must be an https address (http only on loopback, or with Authentication:AllowHttp).")
            .Validate(
                o => o.AllowedOrigins.All(AuthenticationOptions.IsOrigin),
                "Authentication:AllowedOrigins must be origins: scheme, host and port without a path or trailing slash."));
        services.AddOutgoingClient<JwksRetriever>((_, http) => http.MaxResponseContentBufferSize = JwksRetriever.LargestDocument);
        services.TryAddSingleton<SigningKeys>();
        AddBearerScheme(services);
        services.AddOptions<JwtBearerOptions>(Scheme)
            .Configure<SigningKeys, IOptions<AuthenticationOptions>, ITokenRules, TimeProvider>((bearer, keys, options, rules, clock) =>
                Configure(bearer, keys, options.Value, rules, clock));
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder(Scheme).RequireAssertion(IsKnownOrHasNothingToGuard).Build());
        return services.AddConsoleOrigins();
    }

    /// <summary>What AddAuthentication does, but for data protection: nothing here needs it, and it would write a key file into the home folder.</summary>
    private static void AddBearerScheme(IServiceCollection services)
    {
        services.AddAuthenticationCore(options => options.DefaultScheme = Scheme);
        services.AddWebEncoders();
        services.TryAddSingleton<IAuthenticationConfigurationProvider, NoFurtherSettings>();
        new AuthenticationBuilder(services).AddJwtBearer();
    }

    /// <summary>The framework's own answers 404, 405 and 415 are no route endpoints and carry no AllowAnonymous of the route they stand for.</summary>
    private static bool IsKnownOrHasNothingToGuard(AuthorizationHandlerContext context) =>
        context.User.Identity is { IsAuthenticated: true }
        || (context.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint);

    private static IServiceCollection AddConsoleOrigins(this IServiceCollection services)
    {
        services.AddCors();
        services.AddOptions<Microsoft.AspNetCore.Cors.Infrastructure.CorsOptions>()
            .Configure<IOptions<AuthenticationOptions>>((cors, options) => cors.AddDefaultPolicy(policy => policy
                .WithOrigins([.. options.Value.AllowedOrigins])
                .WithMethods("GET", "POST", "PUT", "DELETE")
                .WithHeaders("authorization", "content-type", "idempotency-key", "if-none-match")
                .WithExposedHeaders("content-disposition", "etag", "location", "retry-after", "timeline-cursor")
                .SetPreflightMaxAge(TimeSpan.FromHours(1))));
        return services;
    }

    private static void Configure(JwtBearerOptions bearer, SigningKeys keys, AuthenticationOptions options, ITokenRules rules, TimeProvider clock)
    {
        bearer.IncludeErrorDetails = false;
        bearer.ConfigurationManager = keys;
        bearer.TokenHandlers.Clear();
        bearer.TokenHandlers.Add(new JsonWebTokenHandler { MapInboundClaims = false, MaximumTokenSizeInBytes = LongestToken });
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            ValidTypes = ["JWT", "at+jwt"],
            ValidIssuer = options.Issuer,
            ValidAudience = options.Audience,
            IgnoreTrailingSlashWhenValidatingAudience = false,
            TryAllIssuerSigningKeys = false,
#pragma warning disable CA5404 // AccessToken.Objection looks at the times, strictly and by this service's clock
            ValidateLifetime = false,
#pragma warning restore CA5404
        };
        bearer.Events = new JwtBearerEvents
        {
            OnMessageReceived = context => HaveKeysAsync(context, keys),
            OnTokenValidated = context =>
            {
                var token = new AccessToken((JsonWebToken)context.SecurityToken);
                if (token.Objection(rules, clock.GetUtcNow()) is { } objection)
                {
                    context.Fail(objection);
                    return Task.CompletedTask;
                }

                context.Principal = token.Principal(rules);
                return Task.CompletedTask;
            },
        };
    }

    /// <summary>Without any key nobody can tell a good token from a bad one: that is no refusal, and who calls should come back.</summary>
    private static Task HaveKeysAsync(MessageReceivedContext context, SigningKeys keys) =>
        context.Request.Headers.Authorization.ToString().StartsWith($"{Scheme} ", StringComparison.OrdinalIgnoreCase)
            ? keys.GetConfigurationAsync(context.HttpContext.RequestAborted)
            : Task.CompletedTask;

    /// <summary>The scheme is what this file makes it: the library's own section of settings could loosen it.</summary>
    private sealed class NoFurtherSettings : IAuthenticationConfigurationProvider
    {
        public IConfiguration AuthenticationConfiguration { get; } = new ConfigurationBuilder().Build();
    }
}
