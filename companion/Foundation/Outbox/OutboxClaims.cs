namespace Companion.Foundation.Outbox;

/// <summary>What one look at the table found.</summary>
/// <param name="Messages">Claimed, longest due first.</param>
/// <param name="Next">By kind, how long until another message is due; zero or less where one is due that could not be claimed.</param>
internal sealed record OutboxClaims(IReadOnlyList<OutboxMessage> Messages, IReadOnlyDictionary<string, TimeSpan> Next)
{
    public static OutboxClaims None { get; } = new([], new Dictionary<string, TimeSpan>());

    /// <summary>How long it makes no sense to look again, unless a signal comes.</summary>
    /// <param name="offer">The places that are free now; a kind without one waits for its own messages to end.</param>
    public TimeSpan UntilNextLook(OutboxOffer offer, TimeSpan shortest, TimeSpan longest)
    {
        var next = Next.Where(kind => offer.Kinds.ContainsKey(kind.Key)).Select(kind => kind.Value).Append(longest).Min();
        return next < shortest ? shortest : next;
    }
}
