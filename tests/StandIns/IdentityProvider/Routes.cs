using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace StandIns.IdentityProvider;

/// <summary>Maps paths of a realm to handlers: finds the realm, reads parameters, plays faults, answers failures.</summary>
internal sealed class Routes(IEndpointRouteBuilder app, Provider provider)
{
    /// <param name="pattern">Begins below <c>/realms/{realm}</c>.</param>
    public void Map(string method, string pattern, Func<Call, Task<IResult>> handle) =>
        Map(method, $"/realms/{{realm}}{pattern}", "Realm does not exist", handle);

    /// <param name="pattern">Begins below <c>/admin/realms/{realm}</c>.</param>
    public void MapAdmin(string method, string pattern, Func<Call, Task<IResult>> handle) =>
        Map(method, $"/admin/realms/{{realm}}{pattern}", "Realm not found.", handle);

    /// <summary>Files for everybody.</summary>
    /// <param name="pattern">Begins below <c>/resources</c> and ends in the file's path.</param>
    public void MapResource(string pattern, Func<string, IResult> find) =>
        app.MapGet($"/resources{pattern}", (HttpContext context) => find(context.Request.RouteValues["path"] as string ?? ""));

    /// <summary>A kind of theme's texts, for its scripts.</summary>
    public void MapTexts(string kind, Func<Call, string, IResult> say) =>
        Map("GET", $"/resources/{{realm}}/{kind}/{{language}}", "Realm not found.", call => Task.FromResult(say(call, call.Route("language"))));

    /// <summary>What Keycloak says where ASP.NET says nothing.</summary>
    public static async Task FillInAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await next(context);
        var words = context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => "HTTP 404 Not Found",
            StatusCodes.Status405MethodNotAllowed => "HTTP 405 Method Not Allowed",
            StatusCodes.Status415UnsupportedMediaType => "The content-type header value did not match the value in @Consumes",
            _ => null,
        };
        if (words is not null && !context.Response.HasStarted && context.Response.ContentType is null)
        {
            await context.Response.WriteAsJsonAsync(new JsonObject { ["error"] = words });
        }
    }

    private void Map(string method, string pattern, string unknownRealm, Func<Call, Task<IResult>> handle) =>
        app.MapMethods(pattern, [method], (HttpContext context) => provider.Faults.ApplyAsync(context, async () =>
        {
            var answer = provider.Find((string)context.Request.RouteValues["realm"]!) is { } realm
                ? await AnswerAsync(context, realm, handle)
                : RefusedException.Admin(404, unknownRealm).Answer;
            await answer.ExecuteAsync(context);
        }));

    private async Task<IResult> AnswerAsync(HttpContext context, Realm realm, Func<Call, Task<IResult>> handle)
    {
        try
        {
            var parameters = await ParametersAsync(context.Request);
            return await handle(new Call(provider, realm, context, parameters));
        }
        catch (RefusedException refused)
        {
            return refused.Answer;
        }
        catch (Exception broken) when (broken is InvalidDataException or BadHttpRequestException)
        {
            return RefusedException.OAuth(400, "invalid_request", "The request can't be read").Answer;
        }
    }

    private static async Task<IReadOnlyDictionary<string, StringValues>> ParametersAsync(HttpRequest request)
    {
        var given = HttpMethods.IsPost(request.Method) && request.HasFormContentType
            ? await request.ReadFormAsync()
            : (IEnumerable<KeyValuePair<string, StringValues>>)request.Query;
        return given.ToDictionary(StringComparer.Ordinal);
    }
}
