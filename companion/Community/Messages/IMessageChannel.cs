namespace Companion.Community.Messages;

/// <summary>A way in which messages leave.</summary>
internal interface IMessageChannel
{
    /// <summary>Tries once. A failure is an outcome, never an exception.</summary>
    /// <param name="cancellationToken">The process stops: what has begun gets a few seconds to end.</param>
    Task<MailOutcome> SendAsync(OutgoingMail mail, CancellationToken cancellationToken);
}
