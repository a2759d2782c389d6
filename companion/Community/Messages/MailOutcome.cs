namespace Companion.Community.Messages;

/// <summary>What became of one conversation with the mail server. Codes are short and hold no address.</summary>
internal abstract record MailOutcome
{
    private MailOutcome()
    {
    }

    /// <summary>The server has taken the message over.</summary>
    public sealed record Accepted : MailOutcome;

    /// <summary>The server said: later.</summary>
    public sealed record Deferred(string Code) : MailOutcome;

    /// <summary>The server doesn't take this message for this recipient.</summary>
    public sealed record Rejected(string Code) : MailOutcome;

    /// <summary>The message never left.</summary>
    public sealed record NotSent(string Code) : MailOutcome;

    /// <summary>The server doesn't take our mail at all, or can't be trusted: an operator must look.</summary>
    public sealed record ChannelRefused(string Code) : MailOutcome;

    /// <summary>The server may have the message or not.</summary>
    public sealed record Unknown : MailOutcome;
}
