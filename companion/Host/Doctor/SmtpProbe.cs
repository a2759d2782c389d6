using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Companion.Community.Messages;

namespace Companion.Host.Doctor;

/// <summary>The first part of a conversation with the mail server, up to the point where a mail would be handed over. Sends none.</summary>
internal sealed class SmtpProbe(MailOptions options)
{
    private const int LongestLine = 2048;

    private Stream _stream = Stream.Null;

    /// <exception cref="IOException">The server said something else than it should, or nothing. The message holds the step and the code only.</exception>
    /// <exception cref="SocketException">It can't be reached.</exception>
    /// <exception cref="AuthenticationException">Its certificate is not trusted.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(options.Host, options.Port, cancellationToken);
        _stream = connection.GetStream();
        await ExpectAsync("greeting", 220, cancellationToken);
        await SayAsync("EHLO companion", 250, cancellationToken);
        if (options.Security == MailSecurity.StartTls)
        {
            await SayAsync("STARTTLS", 220, cancellationToken);
            var secure = new SslStream(_stream);
            await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = options.Host }, cancellationToken);
            _stream = secure;
            await SayAsync("EHLO companion", 250, cancellationToken);
        }

        if (options.Username.Length > 0)
        {
            await SayAsync("AUTH LOGIN", 334, cancellationToken);
            await SendAsync(Base64(options.Username), cancellationToken);
            await ExpectAsync("AUTH LOGIN", 334, cancellationToken);
            await SendAsync(Base64(options.Password), cancellationToken);
            await ExpectAsync("AUTH LOGIN", 235, cancellationToken);
        }

        await SayAsync($"MAIL FROM:<{options.From}>", 250, cancellationToken);
        await SendAsync("QUIT", cancellationToken);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private async Task SayAsync(string line, int expected, CancellationToken cancellationToken)
    {
        await SendAsync(line, cancellationToken);
        await ExpectAsync(line.Split(':')[0], expected, cancellationToken);
    }

    private async Task SendAsync(string line, CancellationToken cancellationToken) =>
        await _stream.WriteAsync(Encoding.ASCII.GetBytes($"{line}\r\n"), cancellationToken);

    private async Task ExpectAsync(string step, int expected, CancellationToken cancellationToken)
    {
        string line;
        do
        {
            line = await ReadLineAsync(cancellationToken);
        }
        while (line is [_, _, _, '-', ..]);

        if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), out var code) || code != expected)
        {
            throw new IOException($"{step} was answered with {(line.Length >= 3 && line.Take(3).All(char.IsAsciiDigit) ? line[..3] : "no reply code")}");
        }
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (line.Length < LongestLine && await _stream.ReadAsync(one, cancellationToken) == 1 && one[0] != '\n')
        {
            line.Append((char)one[0]);
        }

        return line.ToString().TrimEnd('\r');
    }
}
