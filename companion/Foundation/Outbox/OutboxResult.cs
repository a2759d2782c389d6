namespace Companion.Foundation.Outbox;

/// <summary>Writes that belong to an outcome; they run in the transaction that ends or postpones the message.</summary>
internal delegate Task OutboxEffect(UnitOfWork unit, CancellationToken cancellationToken);

/// <summary>What became of one attempt. The effect of an outcome runs in the transaction that writes it.</summary>
/// <remarks>
/// <code>
/// outcome           counts  runs again                                             ends
/// Done              yes     never                                                  done
/// Retry             yes     after what was asked for, else after a back-off        dead at the last attempt
/// Wait              no      after the given time                                   never
/// Dead              yes     only when an operator says so, with all its attempts   dead
/// handler throws    yes     as Retry, with code handler_failed                     as Retry
/// process stops     no      at once                                                never
/// lease expires     yes     as soon as it has                                      dead after the last attempt, with code crashed_repeatedly
/// </code>
/// A time that is asked for or given is kept between a second and a day. What ends dead also runs OnDeadAsync of its handler.
/// To park a message (OnboardingStep.Park) is a Wait whose effect shows the problem to moderators.
/// </remarks>
internal abstract record OutboxResult
{
    private OutboxResult()
    {
    }

    /// <summary>What was to be done holds.</summary>
    public sealed record Done(OutboxEffect? Effect = null) : OutboxResult;

    /// <summary>Something failed that may heal. Counts as an attempt; after too many the message is dead.</summary>
    /// <param name="Code">Why, as a short code for operators; never an address or a secret.</param>
    /// <param name="After">What the other side asked for (Retry-After); null for back-off with full jitter.</param>
    public sealed record Retry(string Code, TimeSpan? After = null, OutboxEffect? Effect = null) : OutboxResult;

    /// <summary>The world is not ready (account not there yet, channel stopped). Does not count as an attempt.</summary>
    public sealed record Wait(string Code, TimeSpan After, OutboxEffect? Effect = null) : OutboxResult;

    /// <summary>It can't work however often it is tried.</summary>
    public sealed record Dead(string Code, OutboxEffect? Effect = null) : OutboxResult;

    public static OutboxResult Finished { get; } = new Done();
}
