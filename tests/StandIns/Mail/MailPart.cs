using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace StandIns.Mail;

/// <summary>A message or a part of one: headers, and either a body or further parts.</summary>
public sealed partial class MailPart
{
    private readonly IReadOnlyList<KeyValuePair<string, string>> _headers;
    private readonly string _body;

    private MailPart(IReadOnlyList<KeyValuePair<string, string>> headers, string body)
    {
        _headers = headers;
        _body = body;
        Parts = MediaType.StartsWith("multipart/", StringComparison.Ordinal) && Parameter("boundary") is { } boundary
            ? [.. Split(body, boundary).Select(Parse)]
            : [];
    }

    public IReadOnlyList<MailPart> Parts { get; }

    /// <summary>Of all its headers, in their order.</summary>
    public IEnumerable<string> Names => _headers.Select(header => header.Key);

    public string MediaType => (Header("Content-Type") ?? "text/plain").Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>The body with its transfer encoding and character set undone.</summary>
    public string DecodedText
    {
        get
        {
            var bytes = Header("Content-Transfer-Encoding")?.Trim().ToLowerInvariant() switch
            {
                "base64" => Convert.FromBase64String(_body),
                "quoted-printable" => FromQuotedPrintable(_body, underscoreIsSpace: false),
                _ => Encoding.Latin1.GetBytes(_body),
            };
            return Encoding.GetEncoding(Parameter("charset") ?? "us-ascii").GetString(bytes);
        }
    }

    public static MailPart Parse(byte[] raw) => Parse(Encoding.Latin1.GetString(raw));

    /// <summary>The first header of that name, unfolded and decoded; null when there is none.</summary>
    public string? Header(string name) => Headers(name).FirstOrDefault();

    /// <summary>All headers of that name, in their order.</summary>
    public IEnumerable<string> Headers(string name) =>
        _headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => DecodeWords(header.Value));

    /// <summary>This part or the first one below it of the given type.</summary>
    public MailPart? Find(string mediaType) =>
        MediaType == mediaType && Parts.Count == 0 ? this : Parts.Select(part => part.Find(mediaType)).FirstOrDefault(part => part is not null);

    private static MailPart Parse(string text)
    {
        var end = text.StartsWith("\r\n", StringComparison.Ordinal) ? 0 : text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var head = end < 0 ? text : text[..end];
        var rest = end < 0 ? "" : end == 0 ? text[2..] : text[(end + 4)..];
        var lines = Folding().Replace(head, " ").Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Where(line => line.Contains(':', StringComparison.Ordinal))
            .Select(line => line.Split(':', 2))
            .Select(pair => KeyValuePair.Create(pair[0].Trim(), pair[1].Trim()));
        return new([.. headers], rest);
    }

    private static IEnumerable<string> Split(string body, string boundary) =>
        $"\r\n{body}".Split($"\r\n--{boundary}").Skip(1)
            .TakeWhile(part => !part.StartsWith("--", StringComparison.Ordinal))
            .Select(part => part.StartsWith("\r\n", StringComparison.Ordinal) ? part[2..] : part);

    private string? Parameter(string name)
    {
        var match = Regex.Match(
            Header("Content-Type") ?? "", $"""(?i);\s*{Regex.Escape(name)}\s*=\s*("(?<v>[^"]*)"|(?<v>[^;\s]+))""", RegexOptions.None, TimeSpan.FromSeconds(1));
        return match.Success ? match.Groups["v"].Value : null;
    }

    private static string DecodeWords(string value) =>
        EncodedWord().Replace(WordGap().Replace(value, "$1"), word =>
        {
            var text = word.Groups["text"].Value;
            var bytes = word.Groups["kind"].Value is "B" or "b" ? Convert.FromBase64String(text) : FromQuotedPrintable(text, underscoreIsSpace: true);
            return Encoding.GetEncoding(word.Groups["charset"].Value).GetString(bytes);
        });

    private static byte[] FromQuotedPrintable(string text, bool underscoreIsSpace)
    {
        var joined = text.Replace("=\r\n", "", StringComparison.Ordinal);
        if (underscoreIsSpace)
        {
            joined = joined.Replace('_', ' ');
        }

        return Encoding.Latin1.GetBytes(EscapedByte().Replace(joined, byteInHex =>
            ((char)byte.Parse(byteInHex.ValueSpan[1..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()));
    }

    [GeneratedRegex(@"\r\n[ \t]+")]
    private static partial Regex Folding();

    [GeneratedRegex(@"=\?(?<charset>[^?]+)\?(?<kind>[BbQq])\?(?<text>[^?]*)\?=")]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"(\?=)\s+(?==\?)")]
    private static partial Regex WordGap();

    [GeneratedRegex("=[0-9A-Fa-f]{2}")]
    private static partial Regex EscapedByte();
}
