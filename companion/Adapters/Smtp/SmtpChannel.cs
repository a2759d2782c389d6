using Companion.Community.Messages;
using MailKit.Net.Smtp;

namespace Companion.Adapters.Smtp;

/// <summary>Hands messages to the configured mail server, several over one connection.</summary>
internal sealed class SmtpChannel(
    MessageWriter writer, SmtpConnector connector, SmtpConnections connections, IOptions<MailOptions> options, TimeProvider clock) : IMessageChannel
{
    public async Task<MailOutcome> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        using var letter = writer.Write(mail);
        using var limit = new StepLimit(clock, cancellationToken);
        if (!letter.NeedsUtf8 && connections.Take() is { } open)
        {
            var outcome = await SendAsync(open, letter, limit);
            // A server ends connections when it likes, and that shows only now. Before it has taken the sender nothing has begun: once more, anew.
            if (open.TookSender || limit.IsOver || cancellationToken.IsCancellationRequested)
            {
                return outcome;
            }
        }

        SmtpConversation opened;
        try
        {
            limit.Begin(StepLimit.Usual);
            opened = await connector.OpenAsync(limit.Token);
        }
        catch (Exception failure) when (SmtpOutcomes.IsKnown(failure))
        {
            return SmtpOutcomes.Of(failure, mayHaveMessage: false, limit.IsOver);
        }

        return await SendAsync(opened, letter, limit);
    }

    private async Task<MailOutcome> SendAsync(SmtpConversation conversation, Letter letter, StepLimit limit)
    {
        try
        {
            if (letter.NeedsUtf8 && !conversation.Capabilities.HasFlag(SmtpCapabilities.UTF8 | SmtpCapabilities.EightBitMime))
            {
                return new MailOutcome.Rejected("smtputf8_unavailable");
            }

            limit.Begin(StepLimit.Usual);
            await conversation.SendAsync(letter, () => limit.Begin(options.Value.Timeout), limit.Token);
            return new MailOutcome.Accepted();
        }
        catch (Exception failure) when (SmtpOutcomes.IsKnown(failure))
        {
            return SmtpOutcomes.Of(failure, conversation.MayHaveMessage, limit.IsOver);
        }
        finally
        {
            connections.Return(conversation);
        }
    }
}
