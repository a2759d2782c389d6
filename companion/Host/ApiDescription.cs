using Microsoft.OpenApi;

namespace Companion.Host;

/// <summary>The OpenAPI document at /openapi/v1.json.</summary>
internal static class ApiDescription
{
    private const string Name = "v1";

    private const string BearerScheme = "bearer";

    private const string Problem = "Problem";

    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi(Name, options => options
        .AddSchemaTransformer((schema, context, _) =>
        {
            // Their converters write them as text, which the generator can't see.
            var type = context.JsonTypeInfo.Type;
            if ((Nullable.GetUnderlyingType(type) ?? type).GetInterfaces().Any(IsId))
            {
                schema.Type = JsonSchemaType.String;
            }

            return Task.CompletedTask;
        })
        .AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true)
            {
                operation.Responses ??= [];
                operation.Responses["default"] = Refusal(context.Document!);
                foreach (var schema in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(IsNeverEmpty).Select(parameter => parameter.Schema))
                {
                    ((OpenApiSchema)schema!).MinLength = 1;
                }
            }

            return Task.CompletedTask;
        })
        .AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Companion",
                Version = Name,
                Description = "Invitations, registrations and what became of them. Errors are Problem Details (RFC 9457) with a stable code.",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
            document.Components.Schemas[Problem] = ProblemSchema();
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

    /// <summary>Texts of which an empty one is refused: those that are no plain search.</summary>
    private static bool IsNeverEmpty(OpenApiParameter parameter) =>
        parameter is { In: ParameterLocation.Query, Schema: OpenApiSchema { Type: JsonSchemaType.String } }
        && parameter.Name?.ToUpperInvariant() is "STATUS" or "CURSOR" or "KIND" or "INVITE" or "FROM" or "TO" or "ORDER" or "LIMIT";

    private static bool IsId(Type type) =>
        type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(ITextId<>) || type.GetGenericTypeDefinition() == typeof(IGuidId<>));

    private static OpenApiResponse Refusal(OpenApiDocument document) => new()
    {
        Description = "Refused.",
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
        {
            ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(Problem, document) },
        },
    };

    private static OpenApiSchema ProblemSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "Why something was not done (RFC 9457).",
        Required = new HashSet<string>(StringComparer.Ordinal) { "type", "title", "status", "code" },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["type"] = Text("urn:companion:problem: and the code."),
            ["title"] = Text("One sentence that says what to do."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["code"] = Text("Stable; pages translate by it."),
            ["field"] = Text("The request's field at fault; absent when it is about the whole."),
            ["argument"] = Text("What the sentence is about, a name or a number."),
            ["traceId"] = Text("For the operator, who finds the request in the log by it."),
        },
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };

    public static void MapApiDescription(this IEndpointRouteBuilder routes) => routes.MapOpenApi().AllowAnonymous();
}
