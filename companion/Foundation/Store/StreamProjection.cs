using JasperFx.Events;
using Marten.Events.Aggregation;

namespace Companion.Foundation.Store;

/// <summary>Lets Marten fold a kind of stream by the aggregate's own pure function.</summary>
internal sealed class StreamProjection<TState, TEvent> : SingleStreamProjection<TState, Guid>
    where TState : class
    where TEvent : class
{
    private readonly AggregateType<TState, TEvent> _type;

    public StreamProjection(AggregateType<TState, TEvent> type)
    {
        _type = type;
        foreach (var eventType in type.EventTypes.Values)
        {
            IncludeType(eventType);
        }
    }

    public override TState Evolve(TState? snapshot, Guid id, IEvent e) => _type.Evolve(snapshot ?? _type.Initial, (TEvent)e.Data);
}
