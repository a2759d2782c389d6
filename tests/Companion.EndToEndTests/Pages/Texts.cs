using System.Globalization;

namespace Companion.EndToEndTests.Pages;

/// <summary>The account console's texts in one language, as its pages show them.</summary>
public sealed class Texts
{
    private readonly Dictionary<string, string> _texts;

    public Texts(string repository, string language)
    {
        Language = language;
        _texts = File.ReadLines(Path.Combine(repository, "idp-theme", "account", "messages", $"messages_{language}.properties"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
    }

    public string Language { get; }

    public string this[string key] => _texts[key];

    /// <summary>A text about a number of things.</summary>
    public string Counted(string key, int count, params (string Name, string Value)[] values) =>
        Filled(count == 1 ? $"{key}_one" : $"{key}_other", [("count", count.ToString(CultureInfo.InvariantCulture)), .. values]);

    public string Filled(string key, params (string Name, string Value)[] values) =>
        values.Aggregate(_texts[key], (text, value) => text.Replace($"{{{{{value.Name}}}}}", value.Value, StringComparison.Ordinal));
}
