using System.Text;

namespace StandIns.Mail;

/// <summary>AUTH PLAIN, LOGIN and XOAUTH2. Answers are read as content, so that passwords stay out of the transcript.</summary>
internal sealed class SmtpLogin(SmtpConnection connection, IReadOnlyList<string> offered)
{
    /// <summary>What the client gave, or null when it spoke no method known here.</summary>
    public async Task<MailLogin?> ReadAsync(string command, CancellationToken cancellationToken)
    {
        var words = command.Split(' ', 3);
        var initial = words.ElementAtOrDefault(2);
        var way = words.ElementAtOrDefault(1)?.ToUpperInvariant() ?? "";
        return way switch
        {
            _ when !offered.Contains(way) => null,
            "PLAIN" => Plain(initial ?? await AskAsync("", cancellationToken)),
            "LOGIN" => new(
                Decode(initial ?? await AskAsync("Username:", cancellationToken)), Decode(await AskAsync("Password:", cancellationToken))),
            "XOAUTH2" => Token(initial ?? await AskAsync("", cancellationToken)),
            _ => null,
        };
    }

    private static MailLogin? Plain(string base64)
    {
        var fields = Decode(base64).Split('\0');
        return fields.Length == 3 ? new(fields[1], fields[2]) : null;
    }

    private static MailLogin? Token(string base64) =>
        Decode(base64).Split('\u0001') is [['u', 's', 'e', 'r', '=', .. var name], var token, "", ""]
        && token.StartsWith("auth=Bearer ", StringComparison.Ordinal)
            ? new(name, token["auth=Bearer ".Length..])
            : null;

    private async Task<string> AskAsync(string prompt, CancellationToken cancellationToken)
    {
        await connection.WriteAsync($"334 {Convert.ToBase64String(Encoding.ASCII.GetBytes(prompt))}", cancellationToken);
        return Encoding.ASCII.GetString(await connection.ReadLineAsync(isContent: true, cancellationToken) ?? []);
    }

    private static string Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
    }
}
