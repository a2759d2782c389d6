using System.Globalization;

namespace StandIns.IdentityProvider;

/// <summary>The theme's texts, from the same files that the real server reads.</summary>
internal sealed class Messages
{
    public const string Fallback = "en";

    private static readonly string[] Languages = [Fallback, "de"];

    private readonly Dictionary<(string Language, string Key), string> _texts = [];

    public Messages(string themeFolder)
    {
        foreach (var language in Languages)
        {
            foreach (var part in (string[])["login", "theme-resources"])
            {
                Read(language, Path.Combine(themeFolder, part, "messages", $"messages_{language}.properties"));
            }
        }
    }

    public static bool Speaks(string? language) => language is not null && Languages.Contains(language);

    public string Say(string language, string key, params object[] values) =>
        string.Format(CultureInfo.InvariantCulture, Find(language, key) ?? Find(Fallback, key) ?? key, [.. values.Select(value => Shown(language, value))]);

    /// <returns>The text, or the given one where the theme leaves it to Keycloak.</returns>
    public string SayOr(string language, string key, string otherwise) => Find(language, key) ?? Find(Fallback, key) ?? otherwise;

    private static object Shown(string language, object value) => value is int number ? number.ToString("N0", CultureInfo.GetCultureInfo(language)) : value;

    private string? Find(string language, string key) => _texts.GetValueOrDefault((language, key));

    private void Read(string language, string file)
    {
        foreach (var line in File.ReadLines(file))
        {
            if (line.Split('=', 2) is [var key, var text] && !line.StartsWith('#'))
            {
                _texts[(language, key.Trim())] = text.Replace("''", "'", StringComparison.Ordinal);
            }
        }
    }
}
