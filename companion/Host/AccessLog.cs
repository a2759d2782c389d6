using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;

namespace Companion.Host;

/// <summary>One line per request: the route, never the path or query as they were sent.</summary>
internal sealed partial class AccessLog(RequestDelegate next, ILogger<AccessLog> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            // The exception handler takes the endpoint away and remembers it.
            var endpoint = context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
            var route = (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "(none)";
            var method = HttpMethods.GetCanonicalizedValue(context.Request.Method);
            Log.Answered(
                logger,
                HttpMethods.IsGet(method) || HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || HttpMethods.IsDelete(method)
                    || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) ? method : "(other)",
                route,
                context.Response.StatusCode,
                Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(320, LogLevel.Information, "{Method} {Route} {Status} in {Milliseconds:0.0} ms")]
        public static partial void Answered(ILogger logger, string method, string route, int status, double milliseconds);
    }
}
