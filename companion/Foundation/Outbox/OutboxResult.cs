using Companion.Foundation.Store;

namespace Companion.Foundation.Outbox;

/// <summary>Writes that belong to an outcome; they run in the transaction that ends or postpones the message.</summary>
internal delegate Task OutboxEffect(UnitOfWork unit, CancellationToken cancellationToken);

/// <summary>What became of one attempt.</summary>
internal abstract record OutboxResult
{
    private OutboxResult()
    {
    }

    /// <summary>The to-do holds; it never runs again.</summary>
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
