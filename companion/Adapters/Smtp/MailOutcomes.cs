using System.Globalization;
using System.Net.Mail;
using System.Security.Authentication;
using Companion.Community.Messages;

namespace Companion.Adapters.Smtp;

/// <summary>Reads an outcome from how a conversation failed.</summary>
internal static class MailOutcomes
{
    /// <param name="contentRead">The server had asked for the message, so it may have it whole.</param>
    /// <param name="timedOut">The conversation was cut off from here.</param>
    public static MailOutcome Of(Exception failure, bool contentRead, bool timedOut)
    {
        if (StatusOf(failure) is { } status)
        {
            return OfReply(status, contentRead || failure is SmtpFailedRecipientException);
        }

        if (contentRead)
        {
            return new MailOutcome.Unknown();
        }

        return failure switch
        {
            _ when timedOut => new MailOutcome.NotSent("timed_out"),
            _ when Chain(failure).Any(inner => inner is AuthenticationException) => new MailOutcome.ChannelRefused("tls_failed"),
            // Without a reply and without a broken connection the client itself objected: no STARTTLS, or no usable login.
            SmtpException { InnerException: null } => new MailOutcome.ChannelRefused("security_unavailable"),
            _ => new MailOutcome.NotSent("connection_failed"),
        };
    }

    /// <summary>Before a recipient was named, a final refusal says nothing about the recipient: it is about us.</summary>
    private static MailOutcome OfReply(int status, bool aboutRecipient)
    {
        var code = string.Create(CultureInfo.InvariantCulture, $"smtp_{status}");
        return status switch
        {
            < 500 => new MailOutcome.Deferred(code),
            530 or 534 or 535 or 538 => new MailOutcome.ChannelRefused(code),
            _ => aboutRecipient ? new MailOutcome.Rejected(code) : new MailOutcome.ChannelRefused(code),
        };
    }

    private static int? StatusOf(Exception failure) =>
        failure is SmtpException { StatusCode: var status } && (int)status is >= 400 and < 600 ? (int)status : null;

    private static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }
}
