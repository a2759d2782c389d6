using Companion.Foundation.Web;

namespace Companion.Journey.Landing;

/// <summary>What people read who open links too often.</summary>
internal sealed class ThrottledPage : IThrottledAnswer
{
    public Task WriteAsync(HttpContext http)
    {
        var services = http.RequestServices;
        services.GetRequiredService<LandingHeaders>().Apply(http.Response.Headers);
        var language = services.GetRequiredService<LandingLanguage>().Of(http.Request, http.Request.Query["lang"]);
        return services.GetRequiredService<LandingPages>().Write(new LandingPage("throttled", language)
        {
            Status = StatusCodes.Status429TooManyRequests,
            Paragraphs = [LandingTexts.Get(language, "throttled.text")],
        }).ExecuteAsync(http);
    }
}
