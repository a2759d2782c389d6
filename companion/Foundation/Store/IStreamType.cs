using Companion.Community.Timeline;

namespace Companion.Foundation.Store;

/// <summary>A kind of stream as those see it who work on all kinds: rebuilds and the golden files.</summary>
internal interface IStreamType
{
    /// <summary>mt_streams.type.</summary>
    string Alias { get; }

    IReadOnlyList<EventType> EventTypes { get; }

    IStreamReplay Replay();
}

/// <summary>One stream being folded anew.</summary>
internal interface IStreamReplay
{
    /// <returns>The event's timeline entry, if it has one.</returns>
    TimelineEntry? Apply(string alias, byte[] data);

    /// <summary>What replaces the stream's snapshot and read model.</summary>
    IEnumerable<Statement> Replace(Guid streamId, long version, DateTimeOffset now);
}
