using System.Text.Json;

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
