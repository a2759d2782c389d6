using System.Globalization;

namespace StandIns.Mail;

/// <summary>Where in an SMTP conversation a fault can strike.</summary>
public enum MailPoint
{
    Connect,
    Hello,
    StartTls,
    Authentication,
    Sender,
    Recipient,
    Data,

    /// <summary>When the first line of the message is there; only <see cref="MailFault.Drop"/> strikes here.</summary>
    Content,

    /// <summary>After the message was sent whole: the point where a sender can't know.</summary>
    AfterMessage,
}

/// <summary>What the server does in place of its usual answer.</summary>
public abstract record MailFault
{
    private MailFault()
    {
    }

    /// <summary>Answers with any code, for example 451 or 550; a message is not taken.</summary>
    public sealed record Reply(int Code, string Text) : MailFault
    {
        internal string Line => string.Create(CultureInfo.InvariantCulture, $"{Code} {Text}");
    }

    /// <summary>Never answers; the connection stays open until the client gives up. After a message: it has been taken.</summary>
    public sealed record Silence : MailFault;

    /// <summary>Answers as usual, but only when this has ended.</summary>
    public sealed record Late(Task Until) : MailFault;

    /// <summary>Closes the connection without a word. After a message: it has been taken.</summary>
    public sealed record Drop : MailFault;
}
