using Companion.Foundation.Web;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Host;

/// <summary>What every feature's endpoints stand on.</summary>
internal static class HostingServices
{
    public static IServiceCollection AddHosting(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSettingsCheck();
        services.AddSettings<SecurityOptions>(SecurityOptions.SectionName, settings => settings
            .Validate(o => SecurityOptions.IsKey(o.MasterKey), "Security:MasterKey must be the base64 of at least 32 random bytes."));
        services.AddSettings<CommunityOptions>(CommunityOptions.SectionName, settings => settings
            .Validate(o => o.ChatUrl is null || CommunityOptions.IsLink(o.ChatUrl), "Community:ChatUrl must be an http(s) address.")
            .Validate(
                o => o.FirstSteps.All(step => step.Text.Count > 0 && (step.Url is null || CommunityOptions.IsLink(step.Url))),
                "Community:FirstSteps:<n> must have a Text:<language>, and an http(s) address as its Url if it has one."));
        services.TryAddSingleton<DerivedKeys>();
        services.AddHostedService<IdempotencyPurge>();
        services.AddProblemDetails();
        services.AddExceptionHandler<ProblemExceptionHandler>();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options =>
        {
            StrictJson.Apply(options.SerializerOptions);
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, HealthJson.Default);
        });
        return services.AddHealth().AddEdge().AddRateLimits().AddApiDescription().AddCompanionAuthentication();
    }

    /// <summary>The middleware, in order; endpoints come after it.</summary>
    public static WebApplication UseHosting(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.Use(KeepNothing);
        app.UseMiddleware<AccessLog>();
        app.UseExceptionHandler();
        app.UseStatusCodePages(context =>
            Problems.From(Problems.OfStatus(context.HttpContext.Response.StatusCode)).ExecuteAsync(context.HttpContext));
        app.UseRouting();
        app.UseCors();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseMiddleware<PlainRequests>();
        app.UseMiddleware<StandingGate>();
        app.MapHealth();
        app.MapApiDescription();
        return app;
    }

    /// <summary>Answers hold addresses and names: no cache keeps them and no browser guesses what they are, unless an endpoint says otherwise.</summary>
    private static Task KeepNothing(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.CacheControl = headers.CacheControl.Count == 0 ? "no-store" : headers.CacheControl;
            return Task.CompletedTask;
        });
        return next(context);
    }
}
