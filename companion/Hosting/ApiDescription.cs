using Microsoft.OpenApi;

namespace Companion.Hosting;

/// <summary>The OpenAPI document at /openapi/v1.json.</summary>
internal static class ApiDescription
{
    private const string Name = "v1";

    private const string BearerScheme = "bearer";

    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi(Name, options =>
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Companion",
                Version = Name,
                Description = "Invitations, registrations and what became of them. Errors are Problem Details (RFC 9457) with a stable code.",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            document.Components.SecuritySchemes[BearerScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = BearerScheme,
                BearerFormat = "JWT",
                Description = "Access token of the account console, with this API in its audience.",
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(BearerScheme, document)] = [] }];
            document.Servers?.Clear();
            return Task.CompletedTask;
        }));

    public static void MapApiDescription(this IEndpointRouteBuilder routes) => routes.MapOpenApi().AllowAnonymous();
}
