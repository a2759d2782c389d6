using System.Text;

namespace StandIns.IdentityProvider;

/// <summary>
/// The parameter <c>q</c>: <c>name:value</c> pairs between spaces. Either part may stand in quotes, in which a quote is escaped by a
/// backslash; of two backslashes nothing is left.
/// </summary>
internal static class SearchQuery
{
    /// <summary>What is no pair is not looked at.</summary>
    public static IEnumerable<(string Name, string Value)> Read(string query)
    {
        var text = query.Trim();
        var at = 0;
        while (at < text.Length)
        {
            var name = Part(text, ref at, stopsAtColon: true);
            if (at < text.Length && text[at] == ':')
            {
                at++;
                var value = Part(text, ref at, stopsAtColon: false);
                if (name.Length > 0)
                {
                    yield return (name, value);
                }
            }

            at++;
        }
    }

    private static string Part(string text, ref int at, bool stopsAtColon)
    {
        var (part, isQuoted, isInside) = (new StringBuilder(), false, false);
        for (; at < text.Length && !(stopsAtColon && text[at] == ':') && !(text[at] == ' ' && !isQuoted); at++)
        {
            var next = at + 1 < text.Length ? text[at + 1] : '\0';
            switch (text[at])
            {
                case '\\' when next == '\\':
                    at++;
                    continue;
                case '\\' when next == '"':
                    at++;
                    break;
                case '"' when !isQuoted && part.Length > 0:
                    isInside = true;
                    break;
                case '"' when isInside:
                    isInside = false;
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    continue;
            }

            part.Append(text[at]);
        }

        return part.ToString();
    }
}
