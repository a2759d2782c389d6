using System.Net.Sockets;
using System.Text;
using Companion.Community.Messages;
using MailKit.Security;

namespace Companion.Adapters.Smtp;

/// <summary>Begins conversations with the configured server.</summary>
internal sealed class SmtpConnector(IOptions<MailOptions> options, MailTokens tokens, TimeProvider clock)
{
    /// <returns>Ready to take messages.</returns>
    public async Task<SmtpConversation> OpenAsync(CancellationToken cancellationToken)
    {
        var conversation = await ConnectAsync(cancellationToken);
        try
        {
            await LogInAsync(conversation, cancellationToken);
            return conversation;
        }
        catch
        {
            conversation.Dispose();
            throw;
        }
    }

    public async Task<SmtpConversation> ConnectAsync(CancellationToken cancellationToken)
    {
        var settings = options.Value;
        var conversation = new SmtpConversation
        {
            OpenedAt = clock.GetTimestamp(),
            // The token limits every step.
            Timeout = Timeout.Infinite,
            // A private authority has no list of what it took back, and the checks of name, time and chain need none.
            CheckCertificateRevocation = false,
        };
        // The end of a message would wait for the server's kernel, which holds back its answer to the part before for some 40 ms.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(settings.Host, settings.Port, cancellationToken);
            await conversation.ConnectAsync(
                socket,
                settings.Host,
                settings.Port,
                settings.Security switch
                {
                    MailSecurity.StartTls => SecureSocketOptions.StartTls,
                    MailSecurity.Implicit => SecureSocketOptions.SslOnConnect,
                    _ => SecureSocketOptions.None,
                },
                cancellationToken);
            return conversation;
        }
        catch
        {
            socket.Dispose();
            conversation.Dispose();
            throw;
        }
    }

    /// <summary>Logs in where there is a user name; by no other way than the settings say, whatever a server offers.</summary>
    /// <exception cref="NotSupportedException">The server doesn't offer that way.</exception>
    public async Task LogInAsync(SmtpConversation conversation, CancellationToken cancellationToken)
    {
        var (name, password) = (options.Value.Username, options.Value.Password);
        if (name.Length == 0)
        {
            return;
        }

        var offered = conversation.AuthenticationMechanisms;
        SaslMechanism way = options.Value.Authentication switch
        {
            MailAuthentication.XOAuth2 => new SaslMechanismOAuth2(name, await tokens.GetAsync(cancellationToken)),
            MailAuthentication.Auto when offered.Contains("PLAIN") => new SaslMechanismPlain(Encoding.UTF8, name, password),
            MailAuthentication.Plain => new SaslMechanismPlain(Encoding.UTF8, name, password),
            _ => new SaslMechanismLogin(Encoding.UTF8, name, password),
        };
        if (!offered.Contains(way.MechanismName))
        {
            throw new NotSupportedException($"The server does not offer AUTH {way.MechanismName}.");
        }

        try
        {
            await conversation.AuthenticateAsync(way, cancellationToken);
        }
        catch (AuthenticationException)
        {
            tokens.Forget();
            throw;
        }
    }
}
