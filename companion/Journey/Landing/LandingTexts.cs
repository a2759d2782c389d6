using System.Reflection;

namespace Companion.Journey.Landing;

/// <summary>The pages' sentences by language and key, from the embedded files texts.{language}.json.</summary>
internal static class LandingTexts
{
    internal static IReadOnlyDictionary<string, Dictionary<string, string>> ByLanguage { get; } = new Dictionary<string, Dictionary<string, string>>
    {
        ["en"] = Load("en"),
        ["de"] = Load("de"),
    };

    public static bool Has(string language) => ByLanguage.ContainsKey(language);

    /// <param name="values">What stands for {name} in the sentence. Plain text; the page escapes it.</param>
    public static string Get(string language, string key, params (string Name, string Value)[] values)
    {
        var text = ByLanguage[language][key];
        foreach (var (name, value) in values)
        {
            text = text.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        }

        return text;
    }

    private static Dictionary<string, string> Load(string language) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(LandingFiles.Read($"texts.{language}.json"))!;
}

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

/// <summary>The files of folder Pages, which are part of the program.</summary>
internal static class LandingFiles
{
    public static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Companion.Journey.Landing.Pages.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
