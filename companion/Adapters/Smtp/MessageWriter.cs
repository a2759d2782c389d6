using System.Text;
using Companion.Community.Messages;
using MimeKit;
using MimeKit.Cryptography;

namespace Companion.Adapters.Smtp;

/// <summary>A message as it goes over the wire.</summary>
/// <param name="Format">What it was signed with, and must be sent with.</param>
internal sealed record Letter(MimeMessage Message, FormatOptions Format) : IDisposable
{
    /// <summary>Its recipient has other letters than ASCII before the at sign; only a server with SMTPUTF8 (RFC 6531) takes such.</summary>
    public bool NeedsUtf8 => Format.International;

    public void Dispose() => Message.Dispose();
}

/// <summary>Makes messages of mails, signed where Mail:Dkim is set.</summary>
internal sealed class MessageWriter(IOptions<MailOptions> options, IOptions<CommunityOptions> community, TimeProvider clock)
{
    /// <summary>A mail program shows a sender as proved only where From is signed, and one-click unsubscribing where both its headers are (RFC 8058).</summary>
    private static readonly HeaderId[] Signed =
    [
        HeaderId.From, HeaderId.To, HeaderId.ReplyTo, HeaderId.Subject, HeaderId.Date, HeaderId.MessageId, HeaderId.MimeVersion,
        HeaderId.ContentType, HeaderId.AutoSubmitted, HeaderId.ListUnsubscribe, HeaderId.ListUnsubscribePost,
    ];

    private readonly DkimSigner? _signer = DkimKey.SignerOf(options.Value.Dkim);

    public Letter Write(OutgoingMail mail)
    {
        var settings = options.Value;
        var name = settings.FromName.Length > 0 ? settings.FromName : community.Value.Name;
        MailboxAddress to = new(Encoding.UTF8, null, mail.To.Value);
        MimeMessage message = new()
        {
            From = { new MailboxAddress(Encoding.UTF8, name, settings.From) },
            To = { to },
            Subject = mail.Text.Subject,
            Date = clock.GetUtcNow(),
            MessageId = mail.MessageId,
            Body = new MultipartAlternative(Part("plain", mail.Text.Plain), Part("html", mail.Text.Html)),
        };
        if (settings.ReplyTo.Length > 0)
        {
            message.ReplyTo.Add(new MailboxAddress(null, settings.ReplyTo));
        }

        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        if (mail.UnsubscribeUrl is { } unsubscribe)
        {
            message.Headers.Add(HeaderId.ListUnsubscribe, $"<{unsubscribe}>");
            message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        }

        Letter letter = new(message, FormatOptions.Default.Clone());
        letter.Format.NewLineFormat = NewLineFormat.Dos;
        letter.Format.International = !Ascii.IsValid(mail.To.Value);
        if (!letter.NeedsUtf8)
        {
            // MimeKit signs headers in other letters differently from how it sends them, and a wrong signature is worse than none.
            _signer?.Sign(letter.Format, message, [.. Signed.Where(message.Headers.Contains)]);
        }

        return letter;
    }

    private static TextPart Part(string subtype, string text)
    {
        TextPart part = new(subtype) { ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        part.SetText(Encoding.UTF8, text);
        return part;
    }
}
