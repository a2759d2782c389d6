using JasperFx.Events;
using Marten;

namespace Companion.Foundation.Store;

/// <summary>A kind of stream as those see it who work on all kinds.</summary>
internal interface IStreamType
{
    /// <summary>mt_streams.type.</summary>
    string Alias { get; }

    /// <summary>Event types by mt_events.type: the class name in snake case, frozen by the golden files.</summary>
    IReadOnlyDictionary<string, Type> EventTypes { get; }

    /// <summary>Stored shapes of the state and of every event.</summary>
    JsonSerializerContext Json { get; }

    /// <summary>Makes the events and the inline snapshot known to Marten.</summary>
    void AddTo(StoreOptions options);

    /// <summary>What a whole stream's events wrote beside them to tell of them.</summary>
    IEnumerable<Statement> TellAgain(IEnumerable<IEvent> events);

    /// <summary>Queues what replaces a whole stream's snapshot and read models.</summary>
    void Replace(UnitOfWork unit, Guid streamId, long version, IEnumerable<IEvent> events);
}
