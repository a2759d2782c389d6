using System.Text;

namespace StandIns.Mail;

/// <summary>One message as it came over the wire.</summary>
/// <param name="Number">1 for the first message of this server.</param>
/// <param name="Raw">The bytes between DATA and the final dot, dots unstuffed.</param>
/// <param name="Encrypted">Whether it came over TLS.</param>
/// <param name="LoggedIn">Whether the client had authenticated.</param>
public sealed record ReceivedMail(
    int Number, DateTimeOffset ReceivedAt, string Sender, IReadOnlyList<string> Recipients, byte[] Raw, bool Encrypted, bool LoggedIn)
{
    private readonly Lazy<MailPart> _content = new(() => MailPart.Parse(Raw));

    /// <summary>The message's headers and parts.</summary>
    public MailPart Content => _content.Value;

    public string Subject => Content.Header("Subject") ?? "";

    /// <summary>The first part of type <c>text/plain</c>, decoded; empty when there is none.</summary>
    public string Text => Content.Find("text/plain")?.DecodedText ?? "";

    /// <summary>The first part of type <c>text/html</c>, decoded; empty when there is none.</summary>
    public string Html => Content.Find("text/html")?.DecodedText ?? "";

    public string Source => Encoding.Latin1.GetString(Raw);
}
