using Companion.Community.Directory;
using Companion.Foundation.Web;

namespace Companion.Journey.Landing;

/// <summary>The headers of every answer here, and a readable page where something failed.</summary>
internal sealed partial class LandingFilter(
    LandingHeaders headers, LandingPages pages, LandingLanguage languages, ILogger<LandingFilter> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        headers.Apply(http.Response.Headers);
        try
        {
            return await next(context);
        }
        catch (Exception exception) when (!http.RequestAborted.IsCancellationRequested)
        {
            var refusal = ProblemExceptionHandler.Translate(exception);
            Log.Failed(logger, refusal.Code, exception);
            var language = languages.Of(http.Request, http.Request.Query["lang"]);
            return pages.Write(new LandingPage("away", language)
            {
                Status = Problems.StatusOf(refusal),
                Paragraphs = [LandingTexts.Get(language, "away.text")],
            });
        }
    }

    private static partial class Log
    {
        [LoggerMessage(700, LogLevel.Error, "A landing page could not be made: {Code}.")]
        public static partial void Failed(ILogger logger, string code, Exception exception);
    }
}

/// <summary>What every answer here says to browsers, caches and search engines. The pages need no cookie, and get none.</summary>
internal sealed class LandingHeaders(ISignIn signIn)
{
    /// <summary>form-action names the identity provider because the button's answer redirects there.</summary>
    private readonly string _policy =
        $"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self' {signIn.Origin}; "
        + "frame-ancestors 'none'; base-uri 'none'";

    public void Apply(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = _policy;
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        headers["X-Robots-Tag"] = "noindex, nofollow, noarchive";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }
}
