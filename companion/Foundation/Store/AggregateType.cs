using System.Text.Json.Serialization.Metadata;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;

namespace Companion.Foundation.Store;

/// <summary>One kind of stream: how its events fold into a state, and what is written beside them in the same transaction.</summary>
/// <param name="json">Stored shapes of the state and of every event.</param>
/// <typeparam name="TState">Stored as Marten's inline snapshot in events.mt_doc_&lt;state name in lower case&gt;.</typeparam>
/// <typeparam name="TEvent">Root of the stream's events: each record that derives from it is one of them.</typeparam>
internal sealed class AggregateType<TState, TEvent>(TState initial, Func<TState, TEvent, TState> evolve, JsonSerializerContext json) : IStreamType
    where TState : class
    where TEvent : class
{
    private readonly JsonTypeInfo<TState> _json = (JsonTypeInfo<TState>)json.GetTypeInfo(typeof(TState))!;

    public string Alias { get; } = JsonNamingPolicy.SnakeCaseLower.ConvertName(typeof(TState).Name);

    public string SnapshotTable { get; } = $"events.mt_doc_{typeof(TState).Name.ToLowerInvariant()}";

    public JsonSerializerContext Json { get; } = json;

    public TState Initial { get; } = initial;

    public IReadOnlyDictionary<string, Type> EventTypes { get; } = typeof(TEvent).Assembly.GetTypes()
        .Where(type => type.BaseType == typeof(TEvent)).ToDictionary(type => JsonNamingPolicy.SnakeCaseLower.ConvertName(type.Name), StringComparer.Ordinal);

    /// <summary>Statement that tells of an event, given the state after it and the event's id; it runs on append, and when everything is told anew.</summary>
    public Func<TState, TEvent, Guid, Statement?> Tell { get; init; } = (_, _, _) => null;

    /// <summary>Enqueues the jobs that an event brings with it, given the state after it; runs on append, never on a rebuild.</summary>
    public Action<UnitOfWork, TState, TEvent>? FollowUp { get; init; }

    /// <summary>Statements that bring the stream's read models up to the new state.</summary>
    public Func<TState, IReadOnlyList<Statement>> Details { get; init; } = _ => [];

    public TState Evolve(TState state, TEvent @event) => evolve(state, @event);

    public TState ReadState(byte[] data) => JsonSerializer.Deserialize(data, _json)!;

    public void AddTo(StoreOptions options)
    {
        options.Events.AddEventTypes(EventTypes.Values);
        options.Projections.Add(new StreamProjection<TState, TEvent>(this), ProjectionLifecycle.Inline);
    }

    public IEnumerable<Statement> TellAgain(IEnumerable<IEvent> events)
    {
        var state = Initial;
        foreach (var stored in events)
        {
            var @event = (TEvent)stored.Data;
            state = Evolve(state, @event);
            if (Tell(state, @event, stored.Id) is { } statement)
            {
                yield return statement;
            }
        }
    }

    public void Replace(UnitOfWork unit, Guid streamId, long version, IEnumerable<IEvent> events)
    {
        var state = events.Select(stored => (TEvent)stored.Data).Aggregate(Initial, Evolve);
        unit.ReplaceSnapshot(streamId, state, version);
        foreach (var details in Details(state))
        {
            unit.Queue(details);
        }
    }
}
