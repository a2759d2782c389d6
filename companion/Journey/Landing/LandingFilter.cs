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
