using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Companion.Community.Contacts;

/// <summary>A mailbox address in the form to send to. Personal data: prints redacted.</summary>
internal sealed record EmailAddress
{
    public const int MaxLength = 254;

    private const int MaxLocalLength = 64;

    private const int MaxLabelLength = 63;

    private static readonly SearchValues<char> AtomCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~");

    private static readonly SearchValues<char> LabelCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = true };

    private EmailAddress(string value) => Value = value;

    /// <summary>local-part@domain, the domain as A-labels in lower case.</summary>
    public string Value { get; }

    /// <summary>What stands behind the last at sign.</summary>
    public string Domain => Value[(Value.LastIndexOf('@') + 1)..];

    /// <summary>An address that was validated before it was stored, or that another system vouches for.</summary>
    public static EmailAddress FromStored(string value) => new(value);

    /// <summary>Reads what a person typed. Spaces around it are dropped; anything that is not exactly one plain mailbox is refused.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out EmailAddress? address)
    {
        address = null;
        var trimmed = TrimSpaces(text);
        if (trimmed.Length is 0 or > MaxLength || HasHiddenCharacters(trimmed))
        {
            return false;
        }

        var at = trimmed.IndexOf('@');
        if (at < 0 || !IsDotAtom(trimmed[..at]) || ToALabels(trimmed[(at + 1)..]) is not { } domain || at + 1 + domain.Length > MaxLength)
        {
            return false;
        }

        address = new EmailAddress($"{trimmed[..at]}@{domain}");
        return true;
    }

    /// <summary>For eyes that need not know it whole: a•••@example.org.</summary>
    public string Mask() => Value.LastIndexOf('@') is > 0 and var at ? $"{Value[0]}•••{Value[at..]}" : "•••";

    public override string ToString() => "***";

    private static ReadOnlySpan<char> TrimSpaces(ReadOnlySpan<char> text)
    {
        while (text is [var first, ..] && char.GetUnicodeCategory(first) == UnicodeCategory.SpaceSeparator)
        {
            text = text[1..];
        }

        while (text is [.., var last] && char.GetUnicodeCategory(last) == UnicodeCategory.SpaceSeparator)
        {
            text = text[..^1];
        }

        return text;
    }

    /// <summary>Controls, direction marks, joiners, broken surrogates: nobody types them, and they make two addresses look like one.</summary>
    private static bool HasHiddenCharacters(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsDotAtom(ReadOnlySpan<char> local)
    {
        if (local.Length > MaxLocalLength)
        {
            return false;
        }

        foreach (var atom in local.Split('.'))
        {
            if (local[atom] is not { Length: > 0 } text || text.ContainsAnyExcept(AtomCharacters))
            {
                return false;
            }
        }

        return true;
    }

    /// <returns>Null where it is no host name with at least two labels, or an IP address.</returns>
    private static string? ToALabels(ReadOnlySpan<char> domain)
    {
        string ascii;
        try
        {
            ascii = Idn.GetAscii(domain.ToString()).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }

        var labels = ascii.Split('.');
        return labels.Length >= 2 && labels.All(IsLabel) && !labels[^1].All(char.IsAsciiDigit) ? ascii : null;
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= MaxLabelLength
        && !label.AsSpan().ContainsAnyExcept(LabelCharacters)
        && label[0] != '-'
        && label[^1] != '-';
}
