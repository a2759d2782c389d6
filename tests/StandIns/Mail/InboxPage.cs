using Microsoft.AspNetCore.Http;

namespace StandIns.Mail;

/// <summary>HTML with a policy of its own.</summary>
internal sealed class InboxPage(string html, string policy) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        httpContext.Response.Headers.ContentSecurityPolicy = policy;
        httpContext.Response.Headers.CacheControl = "no-store";
        return httpContext.Response.WriteAsync(html, httpContext.RequestAborted);
    }
}
