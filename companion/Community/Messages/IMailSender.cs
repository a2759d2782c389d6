namespace Companion.Community.Messages;

internal interface IMailSender
{
    /// <summary>Tries once. A failure is an outcome, never an exception.</summary>
    Task<MailOutcome> SendAsync(OutgoingMail mail, CancellationToken cancellationToken);
}
