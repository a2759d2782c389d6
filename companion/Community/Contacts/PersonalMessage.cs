using System.Text;
using System.Text.RegularExpressions;

namespace Companion.Community.Contacts;

/// <summary>What an inviter may write to an invitee: plain words, nothing that a mail program would make a link of.</summary>
internal static partial class PersonalMessage
{
    /// <summary>In Unicode code points.</summary>
    public const int MaxLength = 500;

    private const string Field = "message";

    private static readonly Refusal HasControl = new(
        "message_has_control", "The message holds line breaks or hidden characters; write it as plain text in one paragraph.", Field);

    private static readonly Refusal HasLink = new("message_has_link", "Links and addresses aren't allowed in the message.", Field);

    /// <param name="accepted">The message in normal form C without spaces around it; null when nothing was written.</param>
    /// <returns>Why it can't be sent; null when it can.</returns>
    public static Refusal? Check(string? text, out string? accepted)
    {
        accepted = null;
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (HiddenCharacters.In(text))
        {
            return HasControl;
        }

        var normal = text.Normalize(NormalizationForm.FormC).Trim();
        var length = normal.EnumerateRunes().Count();
        if (length > MaxLength)
        {
            var over = (length - MaxLength).ToString(CultureInfo.InvariantCulture);
            return new Refusal("message_too_long", $"The message is {over} characters too long.", Field, over);
        }

        if (LooksLikeLink(normal))
        {
            return HasLink;
        }

        accepted = normal.Length == 0 ? null : normal;
        return null;
    }

    /// <summary>Looks at the text as a mail program may fold it: wide and small forms of letters, dots and signs, and joiners, count as plain.</summary>
    private static bool LooksLikeLink(string text)
    {
        var folded = text.Normalize(NormalizationForm.FormKC)
            .Replace("\u200C", "", StringComparison.Ordinal)
            .Replace("\u200D", "", StringComparison.Ordinal);
        return Scheme().IsMatch(folded) || Mailbox().IsMatch(folded) || Host().IsMatch(folded) || IpAddress().IsMatch(folded);
    }

    [GeneratedRegex(
        @"//|\\\\|\b(?:www|mailto|tel|sms|callto|javascript|vbscript|data|file|ftp|https?|matrix|sgnl|signal|tg|xmpp|sip|magnet|intent)[:.]\S",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"\S@\S", RegexOptions.CultureInvariant)]
    private static partial Regex Mailbox();

    /// <summary>A dot between word characters with at least two letters after it; the ideographic full stop only before Latin letters.</summary>
    [GeneratedRegex(
        @"[\p{L}\p{N}_-](?:\.(?:[\p{L}\p{M}]{2,}|xn--)|\u3002[a-z]{2,})",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Host();

    [GeneratedRegex(@"\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[[0-9a-fA-F]*:[0-9a-fA-F:]+\]", RegexOptions.CultureInvariant)]
    private static partial Regex IpAddress();
}

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
