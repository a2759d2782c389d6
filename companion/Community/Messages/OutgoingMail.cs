using Companion.Community.Contacts;

namespace Companion.Community.Messages;

/// <summary>One mail to one recipient.</summary>
/// <param name="MessageId">Stable over attempts, so that mail servers and readers can tell a repetition. Without angle brackets.</param>
/// <param name="UnsubscribeUrl">Takes a one-click POST (RFC 8058); null for mails that are about the receiver's own doing.</param>
internal sealed record OutgoingMail(EmailAddress To, string MessageId, string? UnsubscribeUrl, MailText Text)
{
    public override string ToString() => $"OutgoingMail {MessageId}";
}

/// <summary>What a template made.</summary>
internal sealed record MailText(string Subject, string Plain, string Html)
{
    public override string ToString() => "***";
}
