using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Companion.Community.Messages;
using Companion.Foundation.Kernel;
using Microsoft.Extensions.Options;

namespace Companion.Adapters.Smtp;

/// <summary>Hands mails to the configured server, one connection each.</summary>
internal sealed class SmtpMailSender(IOptions<MailOptions> options, IOptions<CommunityOptions> community, TimeProvider clock) : IMailSender
{
    /// <summary>From connecting to the server's "send the message".</summary>
    private static readonly TimeSpan PreludeTimeout = TimeSpan.FromMinutes(2);

    /// <summary>When the process stops, a conversation may still end well within this time.</summary>
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(20);

    public async Task<MailOutcome> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(PreludeTimeout, clock);
        using var stopping = cancellationToken.Register(() => deadline.CancelAfter(StopGrace));
        var contentRead = false;
        try
        {
            using var client = Connectable();
            // The client's own time limits don't reach the wait for the last answer; disposing it does.
            using var limit = deadline.Token.Register(client.Dispose);
            using var message = Write(mail, () =>
            {
                contentRead = true;
                if (!cancellationToken.IsCancellationRequested)
                {
                    deadline.CancelAfter(options.Value.Timeout);
                }
            });
            await client.SendMailAsync(message, CancellationToken.None);
            return new MailOutcome.Accepted();
        }
        catch (Exception failure) when (failure is SmtpException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            return MailOutcomes.Of(failure, contentRead, deadline.IsCancellationRequested);
        }
    }

    private SmtpClient Connectable()
    {
        var (host, port) = (options.Value.Host, options.Value.Port);
        var client = new SmtpClient(host, port) { EnableSsl = options.Value.Security == MailSecurity.StartTls };
        if (options.Value.Username.Length > 0)
        {
            // Named by method, so that the client tries no other with what may be a server's single sign-on.
            client.Credentials = new CredentialCache
            {
                { host, port, "login", new NetworkCredential(options.Value.Username, options.Value.Password) },
            };
        }

        return client;
    }

    private MailMessage Write(OutgoingMail mail, Action onRead)
    {
        var fromName = options.Value.FromName.Length > 0 ? options.Value.FromName : community.Value.Name;
        var message = new MailMessage
        {
            From = new MailAddress(options.Value.From, fromName, Encoding.UTF8),
            Subject = mail.Text.Subject,
            SubjectEncoding = Encoding.UTF8,
            To = { new MailAddress(mail.To.Value) },
            AlternateViews =
            {
                View(mail.Text.Plain, MediaTypeNames.Text.Plain, onRead),
                View(mail.Text.Html, MediaTypeNames.Text.Html, onRead),
            },
        };
        if (options.Value.ReplyTo.Length > 0)
        {
            message.ReplyToList.Add(options.Value.ReplyTo);
        }

        message.Headers.Add("Message-ID", $"<{mail.MessageId}>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        if (mail.UnsubscribeUrl is { } unsubscribe)
        {
            message.Headers.Add("List-Unsubscribe", $"<{unsubscribe}>");
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        return message;
    }

    private static AlternateView View(string text, string mediaType, Action onRead) =>
        new(new WatchedStream(Encoding.UTF8.GetBytes(text), onRead), new ContentType(mediaType) { CharSet = "utf-8" })
        {
            TransferEncoding = TransferEncoding.QuotedPrintable,
        };
}
