using System.Text;

namespace Companion.Community.Contacts;

/// <summary>What people write to moderators, and moderators to people, about a case. Plain text that may have lines.</summary>
internal static class ModeratorNote
{
    /// <summary>In Unicode code points.</summary>
    public const int MaxLength = 1000;

    private const string Field = "note";

    private static readonly Refusal HasControl = new("note_has_control", "The note holds hidden characters; write it as plain text.", Field);

    /// <param name="accepted">The note in normal form C without spaces around it; null when nothing was written.</param>
    /// <returns>Why it can't be taken; null when it can.</returns>
    public static Refusal? Check(string? text, out string? accepted)
    {
        accepted = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (HiddenCharacters.In(text.ReplaceLineEndings(" ").Replace('\t', ' ')))
        {
            return HasControl;
        }

        var normal = text.ReplaceLineEndings("\n").Normalize(NormalizationForm.FormC).Trim();
        var over = normal.EnumerateRunes().Count() - MaxLength;
        if (over > 0)
        {
            var number = over.ToString(CultureInfo.InvariantCulture);
            return new Refusal("note_too_long", $"The note is {number} characters too long.", Field, number);
        }

        accepted = normal;
        return null;
    }
}
