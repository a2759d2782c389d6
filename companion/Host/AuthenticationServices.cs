using System.IdentityModel.Tokens.Jwt;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Companion.Host;

/// <summary>Bearer tokens of one realm for everything that does not say AllowAnonymous, and CORS for the consoles.</summary>
internal static class AuthenticationServices
{
    private const string Scheme = JwtBearerDefaults.AuthenticationScheme;

    public static IServiceCollection AddCompanionAuthentication(this IServiceCollection services)
    {
        services.AddOptions<AuthenticationOptions>()
            .BindConfiguration(AuthenticationOptions.SectionName)
            .Validate(o => o.Issuer.Length > 0, "Authentication:Issuer must be set.")
            .Validate(
                o => o.HasUsableJwksUri,
                "Authentication:JwksUri must be an https address (http only on loopback, or with Authentication:AllowHttp).")
            .Validate(o => o.Audience.Length > 0, "Authentication:Audience must not be empty.")
            .Validate(o => o.AuthorizedParties.Count > 0, "Authentication:AuthorizedParties must name at least one client.")
            .Validate(
                o => o.AllowedOrigins.All(AuthenticationOptions.IsOrigin),
                "Authentication:AllowedOrigins must be origins: scheme, host and port without a path or trailing slash.")
            .ValidateOnStart();
        services.AddHttpClient(nameof(SigningKeys), client =>
            {
                client.Timeout = TimeSpan.FromSeconds(10);
                client.MaxResponseContentBufferSize = 256 * 1024;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        services.TryAddSingleton<SigningKeys>();
        AddBearerScheme(services);
        services.AddOptions<JwtBearerOptions>(Scheme)
            .Configure<SigningKeys, IOptions<AuthenticationOptions>, TimeProvider>((bearer, keys, options, clock) =>
                Configure(bearer, keys, options.Value, clock));
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder(Scheme).RequireAssertion(IsKnownOrHasNothingToGuard).Build());
        return services.AddConsoleOrigins();
    }

    /// <summary>What AddAuthentication does, but for data protection: nothing here needs it, and it would write a key file into the home folder.</summary>
    private static void AddBearerScheme(IServiceCollection services)
    {
        services.AddAuthenticationCore(options => options.DefaultScheme = Scheme);
        services.AddWebEncoders();
#pragma warning disable CS0618 // the handler of this package version asks for it
        services.TryAddSingleton<ISystemClock, SystemClock>();
#pragma warning restore CS0618
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

    private static void Configure(JwtBearerOptions bearer, SigningKeys keys, AuthenticationOptions options, TimeProvider clock)
    {
        bearer.IncludeErrorDetails = false;
        bearer.SecurityTokenValidators.Clear();
        bearer.SecurityTokenValidators.Add(new JwtSecurityTokenHandler { MapInboundClaims = false });
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = options.Issuer,
            ValidAudience = options.Audience,
            RequireSignedTokens = true,
            ValidateIssuerSigningKey = true,
            IssuerSigningKeyResolver = (_, _, keyId, _) => keys.Find(keyId) is { } key ? [key] : [],
#pragma warning disable CA5404 // AccessToken.Objection looks at the times, strictly and by this service's clock
            ValidateLifetime = false,
#pragma warning restore CA5404
        };
        bearer.Events = new JwtBearerEvents
        {
            OnMessageReceived = context => ScreenAsync(context, keys),
            OnTokenValidated = context =>
            {
                var token = context.HttpContext.Features.GetRequiredFeature<AccessToken>();
                if (token.Objection(options, clock.GetUtcNow()) is { } objection)
                {
                    context.Fail(objection);
                    return Task.CompletedTask;
                }

                context.Principal = token.Principal();
                return Task.CompletedTask;
            },
        };
    }

    /// <summary>Drops what can't be one of the issuer's tokens before anything parses it whole, and has its key ready.</summary>
    private static async Task ScreenAsync(MessageReceivedContext context, SigningKeys keys)
    {
        const string prefix = Scheme + " ";
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        {
            context.NoResult();
            return;
        }

        var token = header[prefix.Length..];
        if (AccessToken.Read(token) is not { } read)
        {
            context.Fail("malformed token");
            return;
        }

        context.HttpContext.Features.Set(read);
        await keys.EnsureAsync(read.KeyId, context.HttpContext.RequestAborted);
        context.Token = token;
    }
}
