using System.Globalization;
using System.Text;

namespace StandIns.Mail;

/// <summary>One client's conversation.</summary>
internal sealed class SmtpSession(MailSink sink, SmtpConnection connection)
{
    private readonly MailSinkOptions _options = sink.Options;
    private readonly SmtpLogin _login = new(connection, sink.Options.Logins);
    private bool _encrypted;
    private bool _loggedIn;
    private string? _sender;
    private List<string> _recipients = [];

    private enum Answer
    {
        Usual,
        Refused,

        /// <summary>The conversation is over.</summary>
        Gone,
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_options.IsEncrypted)
        {
            await connection.SecureAsync(sink.Certificate, cancellationToken);
            _encrypted = true;
        }

        if (await AnswerAsync(MailPoint.Connect, "220 sink.test ESMTP", cancellationToken) != Answer.Usual)
        {
            return;
        }

        while (await connection.ReadLineAsync(isContent: false, cancellationToken) is { } line)
        {
            var command = Encoding.UTF8.GetString(line);
            if (!await HandleAsync(command, cancellationToken))
            {
                return;
            }
        }
    }

    /// <summary>False ends the conversation.</summary>
    private async Task<bool> HandleAsync(string command, CancellationToken cancellationToken)
    {
        var verb = command.Split(' ', 2)[0].ToUpperInvariant();
        switch (verb)
        {
            case "EHLO" or "HELO":
                Reset();
                return await AnswerAsync(MailPoint.Hello, verb == "EHLO" ? Greeting() : "250 sink.test", cancellationToken) != Answer.Gone;
            case "STARTTLS":
                return await StartTlsAsync(cancellationToken);
            case "AUTH":
                return await AuthenticateAsync(command, cancellationToken) != Answer.Gone;
            case "MAIL":
                return await SenderAsync(command, cancellationToken);
            case "RCPT":
                return await RecipientAsync(command, cancellationToken);
            case "DATA":
                return await DataAsync(cancellationToken);
            case "RSET":
                Reset();
                return await SayAsync("250 2.0.0 ok", cancellationToken);
            case "NOOP":
                return await SayAsync("250 2.0.0 ok", cancellationToken);
            case "QUIT":
                await SayAsync("221 2.0.0 bye", cancellationToken);
                return false;
            default:
                return await SayAsync("502 5.5.2 command not known", cancellationToken);
        }
    }

    private string Greeting()
    {
        string[] features =
            [
                "sink.test", "8BITMIME", .. _options.OffersUtf8 ? (string[])["SMTPUTF8"] : [], .. _options.OffersPipelining ? (string[])["PIPELINING"] : [],
                string.Create(CultureInfo.InvariantCulture, $"SIZE {_options.MaximumSize}"),
                .. _options.OffersStartTls && !_encrypted ? (string[])["STARTTLS"] : [],
                .. _options.Login is not null ? (string[])[$"AUTH {string.Join(' ', _options.Logins)}"] : [],
            ];
        return string.Join("\r\n", features.Select((feature, index) => index < features.Length - 1 ? $"250-{feature}" : $"250 {feature}"));
    }

    private async Task<bool> StartTlsAsync(CancellationToken cancellationToken)
    {
        if (!_options.OffersStartTls || _encrypted)
        {
            return await SayAsync("503 5.5.1 not now", cancellationToken);
        }

        var answer = await AnswerAsync(MailPoint.StartTls, "220 2.0.0 go ahead", cancellationToken);
        if (answer == Answer.Usual)
        {
            await connection.SecureAsync(sink.Certificate, cancellationToken);
            _encrypted = true;
            Reset();
        }

        return answer != Answer.Gone;
    }

    private async Task<Answer> AuthenticateAsync(string command, CancellationToken cancellationToken)
    {
        var accepted = _options.Login is not null && await _login.ReadAsync(command, cancellationToken) == _options.Login;
        if (!accepted)
        {
            return await AnswerAsync(MailPoint.Authentication, "535 5.7.8 name or password is wrong", cancellationToken);
        }

        var answer = await AnswerAsync(MailPoint.Authentication, "235 2.7.0 welcome", cancellationToken);
        _loggedIn |= answer == Answer.Usual;
        return answer;
    }

    private async Task<bool> SenderAsync(string command, CancellationToken cancellationToken)
    {
        if (_options.Login is not null && !_loggedIn)
        {
            return await SayAsync("530 5.7.0 authenticate first", cancellationToken);
        }

        if (Address(command, "MAIL FROM:") is not { } address)
        {
            return await SayAsync("501 5.5.4 malformed sender", cancellationToken);
        }

        var answer = await AnswerAsync(MailPoint.Sender, "250 2.1.0 ok", cancellationToken);
        if (answer == Answer.Usual)
        {
            (_sender, _recipients) = (address, []);
        }

        return answer != Answer.Gone;
    }

    private async Task<bool> RecipientAsync(string command, CancellationToken cancellationToken)
    {
        if (_sender is null)
        {
            return await SayAsync("503 5.5.1 MAIL first", cancellationToken);
        }

        if (Address(command, "RCPT TO:") is not { Length: > 0 } address)
        {
            return await SayAsync("501 5.5.4 malformed recipient", cancellationToken);
        }

        var answer = await AnswerAsync(MailPoint.Recipient, "250 2.1.5 ok", cancellationToken);
        if (answer == Answer.Usual)
        {
            _recipients.Add(address);
        }

        return answer != Answer.Gone;
    }

    private async Task<bool> DataAsync(CancellationToken cancellationToken)
    {
        if (_sender is null || _recipients.Count == 0)
        {
            return await SayAsync("503 5.5.1 RCPT first", cancellationToken);
        }

        var answer = await AnswerAsync(MailPoint.Data, "354 end with a dot", cancellationToken);
        if (answer != Answer.Usual)
        {
            return answer != Answer.Gone;
        }

        if (await ReadMessageAsync(cancellationToken) is not { } message)
        {
            return false;
        }

        if (message.Length > _options.MaximumSize)
        {
            return await SayAsync("552 5.3.4 too large", cancellationToken);
        }

        var fault = sink.NextFault(MailPoint.AfterMessage);
        if (fault is not MailFault.Reply)
        {
            sink.Keep(_sender, _recipients, message, _encrypted, _loggedIn);
        }

        Reset();
        return await AnswerAsync(fault, "250 2.0.0 taken", cancellationToken) != Answer.Gone;
    }

    private async Task<byte[]?> ReadMessageAsync(CancellationToken cancellationToken)
    {
        using var message = new MemoryStream();
        while (await connection.ReadLineAsync(isContent: true, cancellationToken) is { } line)
        {
            if (message.Length == 0 && sink.NextFault(MailPoint.Content) is MailFault.Drop)
            {
                return null;
            }

            if (line is [(byte)'.'])
            {
                return message.ToArray();
            }

            message.Write(line is [(byte)'.', ..] ? line.AsSpan(1) : line);
            message.Write("\r\n"u8);
        }

        return null;
    }

    private void Reset() => (_sender, _recipients) = (null, []);

    private async Task<bool> SayAsync(string line, CancellationToken cancellationToken)
    {
        await connection.WriteAsync(line, cancellationToken);
        return true;
    }

    private Task<Answer> AnswerAsync(MailPoint point, string usual, CancellationToken cancellationToken) =>
        AnswerAsync(sink.NextFault(point), usual, cancellationToken);

    private async Task<Answer> AnswerAsync(MailFault? fault, string usual, CancellationToken cancellationToken)
    {
        switch (fault)
        {
            case MailFault.Drop:
                return Answer.Gone;
            case MailFault.Silence:
                await connection.UntilClientGoesAsync(cancellationToken);
                return Answer.Gone;
            case MailFault.Late late:
                await late.Until.WaitAsync(cancellationToken);
                await connection.WriteAsync(usual, cancellationToken);
                return Answer.Usual;
            default:
                await connection.WriteAsync((fault as MailFault.Reply)?.Line ?? usual, cancellationToken);
                return fault is null ? Answer.Usual : Answer.Refused;
        }
    }

    private static string? Address(string command, string prefix)
    {
        var from = command.IndexOf('<', StringComparison.Ordinal);
        var to = command.IndexOf('>', StringComparison.Ordinal);
        return command.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && from >= 0 && to > from ? command[(from + 1)..to] : null;
    }
}
