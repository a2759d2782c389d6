using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Companion.Community.Timeline;

namespace Companion.Foundation.Store;

/// <summary>One kind of stream: how its events fold into a state, and what is written beside them in the same transaction.</summary>
/// <typeparam name="TState">Stored as an inline snapshot in events.mt_doc_&lt;state name in lower case&gt;.</typeparam>
/// <typeparam name="TEvent">Root of the stream's events.</typeparam>
internal sealed class AggregateType<TState, TEvent>(
    TState initial, Func<TState, TEvent, TState> evolve, JsonTypeInfo<TState> json, IReadOnlyList<EventType> eventTypes) : IStreamType
    where TState : class
    where TEvent : class
{
    private readonly Dictionary<Type, EventType> _byClrType = eventTypes.ToDictionary(type => type.ClrType);

    private readonly Dictionary<string, EventType> _byAlias = eventTypes.ToDictionary(type => type.Alias, StringComparer.Ordinal);

    /// <summary>mt_streams.type.</summary>
    public string Alias { get; } = EventType.SnakeCase(typeof(TState).Name);

    public string SnapshotTable { get; } = $"events.mt_doc_{typeof(TState).Name.ToLowerInvariant()}";

    public string StateDotnetType { get; } = EventType.DotnetTypeOf(typeof(TState));

    public TState Initial { get; } = initial;

    public IReadOnlyList<EventType> EventTypes { get; } = eventTypes;

    /// <summary>Timeline entry of an event, given the state after it; null for what no timeline shows.</summary>
    public Func<TState, TEvent, TimelineEntry?> Describe { get; init; } = (_, _) => null;

    /// <summary>Enqueues the to-dos that an event brings with it, given the state after it; runs on append, never on a rebuild.</summary>
    public Action<UnitOfWork, TState, TEvent>? FollowUp { get; init; }

    /// <summary>Statements that bring the stream's read models up to the new state.</summary>
    public Func<TState, IReadOnlyList<Statement>> Details { get; init; } = _ => [];

    /// <summary>Statement that deletes the stream's read model, so that a rebuild writes it whole; null where there is none.</summary>
    public Func<Guid, Statement>? ForgetDetails { get; init; }

    public IStreamReplay Replay() => new StreamReplay<TState, TEvent>(this);

    public TState Evolve(TState state, TEvent @event) => evolve(state, @event);

    public EventType TypeOf(TEvent @event) => _byClrType[@event.GetType()];

    public TEvent Read(string alias, byte[] data) => _byAlias.TryGetValue(alias, out var type)
        ? (TEvent)JsonSerializer.Deserialize(data, type.Json)!
        : throw new InvalidOperationException($"Event type {alias} is not known to this version; a newer version wrote it.");

    public byte[] WriteState(TState state) => JsonSerializer.SerializeToUtf8Bytes(state, json);

    public TState ReadState(byte[] data) => JsonSerializer.Deserialize(data, json)!;
}
