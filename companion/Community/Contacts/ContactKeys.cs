using System.Security.Cryptography;
using System.Text;

namespace Companion.Community.Contacts;

/// <summary>
/// Keyed hashes by which addresses are compared: byte for byte, never by culture or collation. Whoever holds only the
/// database can't try addresses against them.
/// </summary>
internal sealed class ContactKeys(DerivedKeys keys)
{
    private readonly byte[] _match = keys.For("contact-match");
    private readonly byte[] _abuse = keys.For("contact-abuse");
    private readonly byte[] _suppression = keys.For("contact-suppression");

    /// <summary>Equal for one and the same mailbox. Identity goes by this key alone.</summary>
    public byte[] Match(EmailAddress address) => Hash(_match, MatchText(address));

    /// <summary>Equal for aliases of one mailbox. For quotas only, never for identity.</summary>
    public byte[] Abuse(EmailAddress address) => Hash(_abuse, AbuseText(address));

    /// <summary>By which the suppression list knows a mailbox.</summary>
    public byte[] Suppression(EmailAddress address) => Hash(_suppression, MatchText(address));

    /// <summary>Only A to Z are folded: any wider rule makes two mailboxes of look-alikes equal.</summary>
    internal static string MatchText(EmailAddress address) => string.Create(address.Value.Length, address.Value, (text, value) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = char.IsAsciiLetterUpper(value[i]) ? (char)(value[i] | 0x20) : value[i];
        }
    });

    internal static string AbuseText(EmailAddress address)
    {
        var text = MatchText(address);
        var at = text.LastIndexOf('@');
        if (at < 0)
        {
            return text;
        }

        var (local, domain) = (text[..at], text[(at + 1)..]);
        var tag = local.IndexOf('+', StringComparison.Ordinal);
        local = tag > 0 ? local[..tag] : local;
        return domain is "gmail.com" or "googlemail.com"
            ? $"{local.Replace(".", "", StringComparison.Ordinal)}@gmail.com"
            : $"{local}@{domain}";
    }

    private static byte[] Hash(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
