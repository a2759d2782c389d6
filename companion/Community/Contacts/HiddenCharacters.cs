using System.Globalization;
using System.Text;

namespace Companion.Community.Contacts;

/// <summary>Characters that a reader doesn't see, or sees otherwise than a program does.</summary>
internal static class HiddenCharacters
{
    /// <summary>Joiners may stay: emoji and several scripts need them.</summary>
    public static bool In(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || rune.Value is not (0x200C or 0x200D)
                && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                    or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse
                    or UnicodeCategory.OtherNotAssigned)
            {
                return true;
            }
        }

        return false;
    }
}
