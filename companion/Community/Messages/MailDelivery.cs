using Companion.Foundation.Outbox;

namespace Companion.Community.Messages;

/// <summary>What is to be sent, prepared with the help of other systems.</summary>
/// <param name="ClaimAsync">Runs in the transaction that notes the intent: looks once more and writes what belongs to this attempt. False: there is nothing to send any more.</param>
internal sealed record MailPlan(OutgoingMail Mail, Func<UnitOfWork, CancellationToken, Task<bool>> ClaimAsync);

/// <summary>Either a mail to send, or the end of the job without one.</summary>
internal sealed record MailPreparation(MailPlan? Plan, OutboxResult? End)
{
    public static implicit operator MailPreparation(MailPlan plan) => new(plan, null);

    public static implicit operator MailPreparation(OutboxResult end) => new(null, end);
}

/// <summary>What became of a mail, once that is settled.</summary>
internal enum DeliveryResult
{
    Sent,

    /// <summary>It will never arrive; a reason goes with it.</summary>
    Failed,

    /// <summary>It may have left; nothing is sent again blindly.</summary>
    Unknown,
}

/// <summary>Writes down in the transaction that ends the job what became of the mail.</summary>
internal delegate Task MailRecord(UnitOfWork unit, DeliveryResult result, string? reason, CancellationToken cancellationToken);

/// <summary>
/// One job "send this mail", from intent to outcome. The intent is stored before connecting, so a process that dies in
/// between leaves a mark; nobody then knows whether the mail left, and it is not sent again blindly.
/// </summary>
internal sealed partial class MailDelivery(
    MailAttempts attempts,
    MailChannel channel,
    IMessageChannel messages,
    Transactions transactions,
    MailMetrics metrics,
    IOptions<MailOptions> options,
    TimeProvider clock,
    ILogger<MailDelivery> logger)
{
    /// <summary>How long a mail is tried that the server defers. What else it waited for counts for nothing.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    /// <summary>After an unknown outcome nothing is sent before a mail server may have passed on what it has.</summary>
    public static readonly TimeSpan Parking = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan ConfigurationPause = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan ProviderPause = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(4);

    public async Task<OutboxResult> DeliverAsync<TPayload>(
        OutboxMessage<TPayload> message,
        Func<CancellationToken, Task<MailPreparation>> prepare,
        MailRecord record,
        CancellationToken cancellationToken)
    {
        if (!options.Value.IsConfigured)
        {
            return new OutboxResult.Wait("mail_not_configured", ConfigurationPause);
        }

        var history = await attempts.ListAsync(message.Id, cancellationToken);
        if (history is [.., { Outcome: null } interrupted])
        {
            return Conclude(message.Id, history, interrupted.Attempt, new MailOutcome.Unknown(), record);
        }

        if (channel.ClosedFor() is { } pause)
        {
            return new OutboxResult.Wait("mail_channel_refused", pause);
        }

        var (plan, end) = await PrepareAsync(prepare, cancellationToken);
        var attempt = history.Count + 1;
        if (end is not null || !await IntendAsync(message.Id, attempt, plan!, cancellationToken))
        {
            return end ?? OutboxResult.Finished;
        }

        var outcome = await messages.SendAsync(plan!.Mail, cancellationToken);
        return Conclude(message.Id, history, attempt, outcome, record);
    }

    /// <summary>However long the identity provider is away, the mail only waits.</summary>
    private static async Task<MailPreparation> PrepareAsync(
        Func<CancellationToken, Task<MailPreparation>> prepare, CancellationToken cancellationToken)
    {
        try
        {
            return await prepare(cancellationToken);
        }
        catch (IdentityProviderException exception)
        {
            return new OutboxResult.Wait(exception.Code, exception.RetryAfter ?? ProviderPause);
        }
    }

    private Task<bool> IntendAsync(Guid outboxId, int attempt, MailPlan plan, CancellationToken cancellationToken) => transactions.RunAsync(
        DeterministicId.From(outboxId, "intent", attempt),
        async (unit, ct) =>
        {
            if (!await plan.ClaimAsync(unit, ct))
            {
                return false;
            }

            MailAttempts.Start(unit, outboxId, attempt);
            return true;
        },
        cancellationToken);

    private OutboxResult Conclude(
        Guid outboxId, List<MailAttempt> history, int attempt, MailOutcome outcome, MailRecord record)
    {
        metrics.Concluded(outcome);
        return outcome switch
        {
            MailOutcome.Accepted => new OutboxResult.Done(Effect(null, DeliveryResult.Sent)),
            MailOutcome.Rejected rejected => new OutboxResult.Done(Effect(rejected.Code, DeliveryResult.Failed, "rejected")),
            MailOutcome.Deferred deferred => Later(deferred.Code),
            MailOutcome.NotSent notSent => Later(notSent.Code),
            MailOutcome.ChannelRefused refused => Refused(refused.Code),
            _ => Unknown(),
        };

        OutboxEffect Effect(string? code, DeliveryResult? result = null, string? reason = null) => async (unit, cancellationToken) =>
        {
            MailAttempts.Finish(unit, outboxId, attempt, outcome, code);
            if (result is { } known)
            {
                await record(unit, known, reason, cancellationToken);
            }
        };

        OutboxResult Later(string code) => DeferredFor(history, clock.GetUtcNow()) >= Patience
            ? new OutboxResult.Done(Effect(code, DeliveryResult.Failed, "not_accepted_in_time"))
            : new OutboxResult.Wait(code, PauseAfter(history.Count(IsDeferral) + 1, Random.Shared.NextDouble()), Effect(code));

        OutboxResult Refused(string code)
        {
            Log.ChannelRefused(logger, code, MailChannel.Pause);
            channel.Close();
            return new OutboxResult.Wait(code, MailChannel.Pause, Effect(code));
        }

        OutboxResult Unknown()
        {
            Log.OutcomeUnknown(logger, outboxId, attempt);
            var effect = Effect(null, DeliveryResult.Unknown);
            return options.Value.ResendAfterUnknown && !history.Exists(earlier => earlier.Outcome == MailAttempts.UnknownOutcome)
                ? new OutboxResult.Wait("mail_outcome_unknown", Parking, effect)
                : new OutboxResult.Done(effect);
        }
    }

    /// <summary>What deferrals alone made it wait: after one the next attempt follows within the longest pause, unless something else is in the way.</summary>
    internal static TimeSpan DeferredFor(IReadOnlyList<MailAttempt> history, DateTimeOffset now)
    {
        var waited = TimeSpan.Zero;
        for (var i = 0; i < history.Count; i++)
        {
            if (IsDeferral(history[i]))
            {
                var gap = (i + 1 < history.Count ? history[i + 1].StartedAt : now) - history[i].StartedAt;
                waited += gap < LongestPause ? gap : LongestPause;
            }
        }

        return waited;
    }

    private static bool IsDeferral(MailAttempt attempt) => attempt.Outcome is nameof(MailOutcome.Deferred) or nameof(MailOutcome.NotSent);

    /// <summary>Doubles from a minute to some hours; at least half of it, so that greylisting servers see time pass.</summary>
    internal static TimeSpan PauseAfter(int attempt, double roll) => RetryDelay.HalfJitter(attempt, FirstPause, LongestPause, roll);

    private static partial class Log
    {
        [LoggerMessage(600, LogLevel.Error, "The mail server does not take our mails ({Code}); all mails wait {Pause}. Check the section Mail.")]
        public static partial void ChannelRefused(ILogger logger, string code, TimeSpan pause);

        [LoggerMessage(601, LogLevel.Warning, "Nobody knows whether the mail of outbox message {MessageId} left at attempt {Attempt}.")]
        public static partial void OutcomeUnknown(ILogger logger, Guid messageId, int attempt);
    }
}
