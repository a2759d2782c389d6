using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace StandIns.Homeserver;

/// <summary>One request, as the handlers see it.</summary>
internal sealed class HomeserverCall(ChatWorld world, HttpContext context, string me, JsonObject body)
{
    public ChatWorld World { get; } = world;

    public string Me { get; } = me;

    public JsonObject Body { get; } = body;

    public int Status { get; set; } = 200;

    public string Target => Body["user_id"]?.GetValue<string>() ?? throw new HomeserverException(400, "M_MISSING_PARAM", "Missing params: ['user_id']");

    public string this[string name] => context.Request.RouteValues[name] as string ?? "";

    public string? Query(string name) => context.Request.Query[name];
}

/// <summary>Maps paths to handlers: token, lock, faults on demand, and errors in the homeserver's form.</summary>
internal sealed class HomeserverRoutes(IEndpointRouteBuilder app, ChatWorld world, HomeserverFaults faults)
{
    public void Map(string method, string pattern, Func<HomeserverCall, JsonObject> handle) => Map(method, pattern, false, handle);

    public void MapAdmin(string method, string pattern, Func<HomeserverCall, JsonObject> handle) => Map(method, pattern, true, handle);

    public static JsonObject EventOf(RoomState state) => new()
    {
        ["type"] = state.Type,
        ["state_key"] = state.Key,
        ["sender"] = state.Sender,
        ["content"] = state.Content.DeepClone(),
        ["event_id"] = state.EventId,
        ["unsigned"] = state.Replaces is { } replaced ? new JsonObject { ["replaces_state"] = replaced } : [],
    };

    private void Map(string method, string pattern, bool adminOnly, Func<HomeserverCall, JsonObject> handle) =>
        app.MapMethods(pattern, [method], async (HttpContext context) =>
        {
            try
            {
                var fault = faults.Take(method, context.Request.Path);
                fault?.Before();
                var body = await ReadAsync(context.Request);
                var (status, answer) = Handle(context, adminOnly, handle, body);
                fault?.After(context);
                await WriteAsync(context, status, answer);
            }
            catch (HomeserverException error)
            {
                await WriteAsync(context, error);
            }
        });

    /// <summary>What is no JSON, such as media, is taken and let go.</summary>
    private static async Task<JsonObject> ReadAsync(HttpRequest request)
    {
        if (request.HasJsonContentType() && (request.ContentLength is not (null or 0) || request.Headers.ContainsKey("Transfer-Encoding")))
        {
            return (JsonObject)(await JsonNode.ParseAsync(request.Body))!;
        }

        await request.Body.CopyToAsync(Stream.Null);
        return [];
    }

    private (int Status, string Answer) Handle(HttpContext context, bool adminOnly, Func<HomeserverCall, JsonObject> handle, JsonObject body)
    {
        lock (world)
        {
            var token = context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
            var me = world.Tokens.GetValueOrDefault(token) ?? throw new HomeserverException(401, "M_UNKNOWN_TOKEN", "Invalid access token passed.");
            if (adminOnly && !world.Local(me).IsAdmin)
            {
                throw HomeserverException.Forbidden("You are not a server admin");
            }

            var call = new HomeserverCall(world, context, me, body);
            var answer = handle(call).ToJsonString();
            return (call.Status, answer);
        }
    }

    private static Task WriteAsync(HttpContext context, HomeserverException error)
    {
        var body = new JsonObject { ["errcode"] = error.Errcode, ["error"] = error.Message };
        if (error.RetryAfterMs is { } milliseconds)
        {
            body["retry_after_ms"] = milliseconds;
            context.Response.Headers.RetryAfter = ((milliseconds / 1000) + 1).ToString(CultureInfo.InvariantCulture);
        }

        return WriteAsync(context, error.Status, body.ToJsonString());
    }

    private static Task WriteAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    }
}
