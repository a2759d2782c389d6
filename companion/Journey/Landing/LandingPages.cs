using Companion.Community.Messages;
using Companion.Foundation.Templates;
using Companion.Foundation.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Companion.Journey.Landing;

/// <summary>What a page has besides its sentences.</summary>
internal sealed record LandingPage(string Key, string Language)
{
    public int Status { get; init; } = StatusCodes.Status200OK;

    public IReadOnlyList<string> Paragraphs { get; init; } = [];

    public DateTimeOffset? When { get; init; }

    /// <summary>Path the page's button posts to, and its hidden fields.</summary>
    public (string Path, Dictionary<string, string> Fields)? Button { get; init; }

    /// <summary>Address of the page's link that looks like a button.</summary>
    public string? Link { get; init; }

    /// <summary>Shows the field for a code.</summary>
    public bool Paste { get; init; }

    /// <summary>The token that the page's decline form sends, and who would hear of it.</summary>
    public (string Token, string Inviter)? Decline { get; init; }

    /// <summary>How the same page is asked for in the other language.</summary>
    public (string Method, string Path, Dictionary<string, string> Fields) Again { get; init; } = ("get", "/i", []);

    public string Inviter { get; init; } = "";
}

/// <summary>Writes pages as HTML from the one frame, page.html.scriban.</summary>
internal sealed class LandingPages
{
    private const string FrameFile = "page.html.scriban";

    private readonly TextTemplate _frame = TextTemplate.Parse(FrameFile, LandingFiles.Read(FrameFile), TextFormat.Html);

    private readonly CommunityOptions _community;
    private readonly string _base;

    public LandingPages(IOptions<CommunityOptions> community)
    {
        _community = community.Value;
        _base = new Uri(_community.PublicUrl).AbsolutePath.TrimEnd('/');
    }

    public ContentHttpResult Write(LandingPage page) =>
        TypedResults.Content(_frame.Render(Values(page)), "text/html; charset=utf-8", statusCode: page.Status);

    /// <summary>A sentence that may name the inviter and the community.</summary>
    public string Text(string language, string key, string inviter = "") =>
        LandingTexts.Get(language, key, ("inviter", inviter), ("community", _community.Name));

    private Dictionary<string, object?> Values(LandingPage page)
    {
        var language = page.Language;
        var other = language == "de" ? "en" : "de";
        return new()
        {
            ["language"] = language,
            ["base"] = _base,
            ["community"] = _community.Name,
            ["state"] = page.Key,
            ["heading"] = Part("heading"),
            ["trouble"] = LandingTexts.Get(language, "trouble.text"),
            ["wait"] = LandingTexts.Get(language, "wait.heading"),
            ["paragraphs"] = page.Paragraphs,
            ["time"] = page.When is { } time ? When(time) : null,
            ["button"] = page.Button is { } button
                ? new Dictionary<string, object?>
                {
                    ["label"] = Part("button"),
                    ["path"] = button.Path,
                    ["fields"] = Fields(new(button.Fields) { ["lang"] = language }),
                }
                : null,
            ["link"] = page.Link is { } link ? new Dictionary<string, object?> { ["href"] = link, ["label"] = Part("button") } : null,
            ["paste"] = page.Paste ? Labels("paste.label", "paste.button") : null,
            ["decline"] = page.Decline is { } decline ? Decline(decline.Token, decline.Inviter) : null,
            ["contact"] = _community.ContactText is { Length: > 0 } contact ? LandingTexts.Get(language, "contact", ("contactText", contact)) : null,
            ["other"] = new Dictionary<string, object?>
            {
                ["method"] = page.Again.Method,
                ["path"] = page.Again.Path,
                ["fields"] = Fields(page.Again.Fields),
                ["language"] = other,
                ["label"] = LandingTexts.Get(language, "language"),
            },
        };

        string Part(string part) => Text(language, $"{page.Key}.{part}", page.Inviter);

        Dictionary<string, object?> When(DateTimeOffset time) => new()
        {
            ["label"] = Part("when"),
            ["iso"] = time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["text"] = WordedDate.InFull(time, language),
        };

        Dictionary<string, object?> Decline(string token, string inviter)
        {
            var labels = Labels("decline.summary", "decline.confirm", "decline.button");
            labels["text"] = LandingTexts.Get(language, "decline.text", ("inviter", inviter));
            labels["token"] = token;
            return labels;
        }

        static List<Dictionary<string, object?>> Fields(Dictionary<string, string> fields) =>
            [.. fields.Select(field => new Dictionary<string, object?> { ["name"] = field.Key, ["value"] = field.Value })];

        Dictionary<string, object?> Labels(params string[] keys) => keys.ToDictionary(
            key => key[(key.IndexOf('.', StringComparison.Ordinal) + 1)..], object? (key) => LandingTexts.Get(language, key));
    }
}

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
