using System.Net.Sockets;
using Companion.Community.Messages;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Companion.Adapters.Smtp;

/// <summary>Reads an outcome from how a conversation failed.</summary>
internal static class SmtpOutcomes
{
    /// <summary>How conversations fail; anything else is a mistake in here.</summary>
    public static bool IsKnown(Exception failure) => failure is CommandException or ProtocolException or AuthenticationException
        or SslHandshakeException or ServiceNotAuthenticatedException or ServiceNotConnectedException or MailTokenException
        or NotSupportedException or IOException or SocketException or TimeoutException or OperationCanceledException;

    /// <param name="mayHaveMessage">All of the message was handed over, so the server may have it.</param>
    /// <param name="timedOut">The conversation was cut off from here.</param>
    public static MailOutcome Of(Exception failure, bool mayHaveMessage, bool timedOut)
    {
        if (ReplyOf(failure) is >= 400 and < 600 and var reply)
        {
            return OfReply(reply, failure is SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted });
        }

        if (mayHaveMessage)
        {
            return new MailOutcome.Unknown();
        }

        return failure switch
        {
            _ when timedOut => new MailOutcome.NotSent("timed_out"),
            MailTokenException { IsRefusal: false } => new MailOutcome.NotSent("token_unavailable"),
            MailTokenException => new MailOutcome.ChannelRefused("token_refused"),
            _ when IsDistrust(failure) => new MailOutcome.ChannelRefused("tls_failed"),
            AuthenticationException => new MailOutcome.ChannelRefused("login_failed"),
            NotSupportedException => new MailOutcome.ChannelRefused("security_unavailable"),
            _ => new MailOutcome.NotSent("connection_failed"),
        };
    }

    /// <summary>The reply's code that the failure tells of; null where it tells of none.</summary>
    public static int? ReplyOf(Exception failure) => failure switch
    {
        SmtpCommandException refused => (int)refused.StatusCode,
        ServiceNotAuthenticatedException => (int)SmtpStatusCode.AuthenticationRequired,
        // MailKit keeps the code of a refused login in front of the text, and nowhere else.
        AuthenticationException when int.TryParse(failure.Message.Split(':')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var code) => code,
        _ => null,
    };

    /// <summary>The server's certificate was refused, or no encryption could be agreed on; not that the connection broke meanwhile.</summary>
    public static bool IsDistrust(Exception failure) =>
        failure is SslHandshakeException && Chain(failure).Any(inner => inner is System.Security.Authentication.AuthenticationException);

    /// <summary>A final refusal that is neither about the recipient nor about the message is about us.</summary>
    private static MailOutcome OfReply(int reply, bool aboutMessage)
    {
        var code = string.Create(CultureInfo.InvariantCulture, $"smtp_{reply}");
        return reply switch
        {
            < 500 => new MailOutcome.Deferred(code),
            530 or 534 or 535 or 538 => new MailOutcome.ChannelRefused(code),
            _ => aboutMessage ? new MailOutcome.Rejected(code) : new MailOutcome.ChannelRefused(code),
        };
    }

    private static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }
}
