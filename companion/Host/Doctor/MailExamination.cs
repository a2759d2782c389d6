using Companion.Adapters.Smtp;
using Companion.Community.Messages;
using MailKit.Net.Smtp;

namespace Companion.Host.Doctor;

/// <summary>Speaks with the mail server up to the point where a message would be handed over. Sends none.</summary>
internal sealed class MailExamination(SmtpConnector connector, IOptions<MailOptions> options) : Examination
{
    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.IsConfigured)
        {
            return [Finding.Problem("Mail:Host is not set: invitations are issued and wait.")];
        }

        var step = "The connection";
        try
        {
            using var conversation = await connector.ConnectAsync(cancellationToken);
            step = "The login";
            await connector.LogInAsync(conversation, cancellationToken);
            step = "The sender";
            await conversation.CheckSenderAsync(options.Value.From, cancellationToken);
            step = "Waiting for messages";
            await conversation.NoOpAsync(cancellationToken);
            await conversation.DisconnectAsync(quit: true, cancellationToken);
            return [Finding.Good("The mail server takes our greeting, login and sender."), .. Signing()];
        }
        catch (Exception failure) when (failure is not OperationCanceledException && SmtpOutcomes.IsKnown(failure))
        {
            return [Finding.Problem(Say(step, failure))];
        }
    }

    private IEnumerable<Finding> Signing()
    {
        var dkim = options.Value.Dkim;
        if (dkim.IsUsed)
        {
            yield return Finding.Good($"Messages are signed for {dkim.Domain}; receivers look for the public key at {dkim.Selector}._domainkey.{dkim.Domain}.");
        }
    }

    private static string Say(string step, Exception failure) => failure switch
    {
        _ when SmtpOutcomes.ReplyOf(failure) is { } reply => FormattableString.Invariant(
            $"{step} was answered with {reply} by the mail server. Check Mail:Security, Mail:Username, Mail:Password and Mail:From."),
        _ when SmtpOutcomes.IsDistrust(failure) =>
            "The mail server's certificate is not trusted for the name in Mail:Host. Use the name on the certificate, or trust its issuer on this machine.",
        NotSupportedException => $"{failure.Message} Check Mail:Security and Mail:Authentication.",
        MailTokenException => $"There is no token to log in with. {failure.Message}",
        SmtpProtocolException => $"{step} was broken off by the mail server, or answered by something else than SMTP. Check Mail:Port and Mail:Security.",
        _ => "The mail server can't be reached. Check Mail:Host, Mail:Port and the firewall.",
    };
}
