using System.Globalization;

namespace StandIns.IdentityProvider;

/// <summary>The theme's texts, from the same files that the real server reads.</summary>
internal sealed class Messages
{
    public const string Fallback = "en";

    private static readonly string[] Languages = [Fallback, "de"];

    private readonly Dictionary<(string Language, string Key), string> _texts = [];

    private readonly string _themeFolder;

    public Messages(string themeFolder)
    {
        _themeFolder = themeFolder;
        foreach (var language in Languages)
        {
            foreach (var part in (string[])["login", "theme-resources"])
            {
                foreach (var (key, text) in Read(part, language))
                {
                    _texts[(language, key)] = text.Replace("''", "'", StringComparison.Ordinal);
                }
            }
        }
    }

    public static bool Speaks(string? language) => language is not null && Languages.Contains(language);

    public string Say(string language, string key, params object[] values) =>
        string.Format(CultureInfo.InvariantCulture, Find(language, key) ?? Find(Fallback, key) ?? key, [.. values.Select(value => Shown(language, value))]);

    /// <returns>The text, or the given one where the theme leaves it to Keycloak.</returns>
    public string SayOr(string language, string key, string otherwise) => Find(language, key) ?? Find(Fallback, key) ?? otherwise;

    /// <summary>The account console's, which its script fills in.</summary>
    public IEnumerable<(string Key, string Text)> ForConsole(string language) => Read("account", language);

    private static object Shown(string language, object value) => value is int number ? number.ToString("N0", CultureInfo.GetCultureInfo(language)) : value;

    private string? Find(string language, string key) => _texts.GetValueOrDefault((language, key));

    private IEnumerable<(string Key, string Text)> Read(string part, string language)
    {
        foreach (var line in File.ReadLines(Path.Combine(_themeFolder, part, "messages", $"messages_{language}.properties")))
        {
            if (line.Split('=', 2) is [var key, var text] && !line.StartsWith('#'))
            {
                yield return (key.Trim(), text);
            }
        }
    }
}
