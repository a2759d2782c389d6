using System.Text;

namespace Companion.Adapters.Matrix;

/// <summary>Names for new chat accounts.</summary>
internal static class Localpart
{
    private const int MaxLength = 64;

    private const string Fallback = "member";

    /// <summary>A user name in the characters that Matrix and Synapse take: not empty, no leading underscore, not digits alone.</summary>
    public static string From(string username)
    {
        var local = username.Split('@', 2)[0];
        var result = new StringBuilder();
        foreach (var c in local.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_' or '-')
            {
                result.Append(c);
            }
            else if (char.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && result.Length > 0 && result[^1] != '-')
            {
                result.Append('-');
            }
        }

        var name = result.ToString().TrimStart('_', '-', '.').TrimEnd('-', '.');
        name = name.Length > MaxLength ? name[..MaxLength] : name;
        return name.Length == 0 ? Fallback : name.All(char.IsAsciiDigit) ? Fallback + name : name;
    }

    /// <summary>The name itself, then with 2, 3, … appended.</summary>
    public static IEnumerable<string> Candidates(string username, int atMost)
    {
        var name = From(username);
        return Enumerable.Range(1, atMost).Select(i => i == 1 ? name : name + i.ToString(CultureInfo.InvariantCulture));
    }
}
