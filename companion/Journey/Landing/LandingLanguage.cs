using Companion.Foundation.Kernel;
using Microsoft.Extensions.Options;

namespace Companion.Journey.Landing;

/// <summary>Which language a visitor reads.</summary>
internal sealed class LandingLanguage(IOptions<CommunityOptions> community)
{
    /// <param name="chosen">By the page's own switch; wins over the browser's preferences.</param>
    public string Of(HttpRequest request, string? chosen) =>
        chosen is not null && LandingTexts.Has(chosen)
            ? chosen
            : request.GetTypedHeaders().AcceptLanguage
                .OrderByDescending(language => language.Quality ?? 1)
                .Select(language => language.Value.ToString().Split('-')[0].ToLowerInvariant())
                .FirstOrDefault(LandingTexts.Has) ?? community.Value.DefaultLanguage;
}
