using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace Companion.Adapters.Smtp;

/// <summary>One connection to the mail server. Remembers how far the last message got.</summary>
internal sealed class SmtpConversation : SmtpClient, ITransferProgress
{
    private Action? _onHandedOver;

    /// <summary>Timestamp of its start.</summary>
    public required long OpenedAt { get; init; }

    /// <summary>The server has taken the sender of the last message: it has begun.</summary>
    public bool TookSender { get; private set; }

    /// <summary>
    /// The server may have the last message whole. As long as some of its content is still here, it can't: a message is complete
    /// with the dot behind it (RFC 5321, section 4.1.1.4).
    /// </summary>
    public bool MayHaveMessage { get; private set; }

    /// <param name="onHandedOver">Runs before the last of the message leaves; from then on only an answer tells what became of it.</param>
    public async Task SendAsync(Letter letter, Action onHandedOver, CancellationToken cancellationToken)
    {
        (TookSender, MayHaveMessage, _onHandedOver) = (false, false, onHandedOver);
        if (!letter.NeedsUtf8)
        {
            // MailKit would write domains in other letters as such where it may, and every server further on would have to understand.
            Capabilities &= ~SmtpCapabilities.UTF8;
        }

        await SendAsync(letter.Format, letter.Message, cancellationToken, this);
    }

    /// <summary>Asks whether the server would take a message from this sender, and takes that back.</summary>
    /// <exception cref="SmtpCommandException">It would not.</exception>
    public async Task CheckSenderAsync(string address, CancellationToken cancellationToken)
    {
        foreach (var command in (string[])[$"MAIL FROM:<{address}>", "RSET"])
        {
            var answer = await SendCommandAsync(command, cancellationToken);
            if (answer.StatusCode != SmtpStatusCode.Ok)
            {
                throw new SmtpCommandException(SmtpErrorCode.SenderNotAccepted, answer.StatusCode, answer.Response);
            }
        }
    }

    /// <summary>What was written is counted with the dots that the transfer adds, so the sum never stays behind the size.</summary>
    void ITransferProgress.Report(long bytesTransferred, long totalSize)
    {
        if (bytesTransferred >= totalSize && !MayHaveMessage)
        {
            MayHaveMessage = true;
            _onHandedOver?.Invoke();
        }
    }

    void ITransferProgress.Report(long bytesTransferred)
    {
        // Only for messages whose size is not known, and with a progress to report to MailKit measures all.
    }

    protected override void OnSenderAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => TookSender = true;
}
