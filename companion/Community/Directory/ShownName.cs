using System.Text;
using System.Text.RegularExpressions;

namespace Companion.Community.Directory;

/// <summary>
/// A member's name as strangers see it, in mails and on pages. Members choose their names themselves, so one that could
/// pass for a link, an address or markup is not shown.
/// </summary>
internal static partial class ShownName
{
    /// <summary>In text elements.</summary>
    public const int MaxLength = 60;

    /// <returns>Null where there is no name fit to be shown; then say "a member".</returns>
    public static string? Of(string? name)
    {
        var shown = Spaces().Replace(Normal(name).Trim(), " ");
        if (!Allowed().IsMatch(shown) || LooksLikeHost().IsMatch(shown.Normalize(NormalizationForm.FormKC)))
        {
            return null;
        }

        var elements = new StringInfo(shown);
        return elements.LengthInTextElements <= MaxLength ? shown : elements.SubstringByTextElements(0, MaxLength - 1).TrimEnd() + "…";
    }

    /// <summary>As <see cref="Of(string?)"/>, with the words for a nameless member, which can start a sentence.</summary>
    public static string OrMember(string? name, string language) => Of(name) ?? (language == "de" ? "Ein Mitglied" : "A member");

    private static string Normal(string? name)
    {
        try
        {
            return name?.Normalize(NormalizationForm.FormC) ?? "";
        }
        catch (ArgumentException)
        {
            return ""; // unpaired surrogates have no normal form
        }
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    /// <summary>Starts with a letter; then letters, marks, digits, spaces and what names are written with.</summary>
    [GeneratedRegex(@"^\p{L}[\p{L}\p{M}\p{Nd} .,'’ʼ·\-‐_()]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Allowed();

    /// <summary>A dot with two letters or a digit right after it, or www.</summary>
    [GeneratedRegex(@"\.(?:\p{L}{2}|\d)|^www\b|\bhttps?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LooksLikeHost();
}
