using System.Diagnostics;
using Companion.Foundation.Outbox;
using JasperFx.Events;
using Marten;

namespace Companion.Foundation.Store;

/// <summary>
/// One transaction of one use case: reads at once; events, snapshots and other writes sent in one batch before the commit, by a Marten session.
/// Made and committed by <see cref="Transactions"/> only.
/// </summary>
internal sealed class UnitOfWork
{
    private readonly NpgsqlConnection _connection;
    private readonly IDocumentSession _session;

    /// <summary>Versions of the streams that were loaded or appended to since the last flush, with what was appended.</summary>
    private readonly Dictionary<Guid, long> _versions = [];

    /// <summary>Streams with events that were not flushed yet.</summary>
    private readonly HashSet<Guid> _unflushed = [];

    /// <summary>Streams whose states the session may remember.</summary>
    private readonly HashSet<Guid> _remembered = [];

    /// <summary>Events of this transaction so far, by stream.</summary>
    private readonly Dictionary<Guid, int> _appended = [];

    private readonly List<GuardedOperation> _guards = [];
    private int _enqueued;

    /// <param name="session">On the transaction of this connection; it never commits.</param>
    public UnitOfWork(NpgsqlConnection connection, IDocumentSession session, Guid commandId, DateTimeOffset now)
    {
        (_connection, _session, CommandId, Now) = (connection, session, commandId, now);
        session.CorrelationId = Activity.Current?.TraceId.ToString();
        session.CausationId = commandId.ToString();
    }

    /// <summary>What is done, the same when it is tried again; ids of events and outbox rows derive from it.</summary>
    public Guid CommandId { get; }

    public DateTimeOffset Now { get; }

    /// <summary>An event of this transaction by which its outcome can be looked up; null when it appends none.</summary>
    internal (Guid StreamId, Guid EventId)? Witness { get; private set; }

    /// <summary>Writes were queued.</summary>
    public bool HasWrites { get; private set; }

    /// <summary>Outbox rows that may run at once, or soon, were queued.</summary>
    internal bool HasDueWork { get; private set; }

    public async Task<List<T>> QueryAsync<T>(
        string sql, Func<NpgsqlDataReader, T> map, Param[] parameters, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        command.Add(parameters);
        await command.PrepareAsync(cancellationToken);
        return await command.ReadAllAsync(map, cancellationToken);
    }

    /// <summary>Takes locks that hold to the end of the transaction, then reads what they guard, in one round trip.</summary>
    /// <param name="locks">Keys of PostgreSQL advisory locks; taken in ascending order, so that transactions can't wait for each other in a circle.</param>
    public async Task<List<T>> QueryLockedAsync<T>(
        long[] locks, string sql, Func<NpgsqlDataReader, T> map, Param[] parameters, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(_connection);
        batch.BatchCommands.Add(new Statement(
            "select pg_advisory_xact_lock(key) from unnest(@locks::bigint[]) key", [Param.Longs("locks", [.. locks.Distinct().Order()])]).ToBatchCommand());
        batch.BatchCommands.Add(new Statement(sql, parameters).ToBatchCommand());
        await batch.PrepareAsync(cancellationToken);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return await reader.ReadAllAsync(map, cancellationToken);
    }

    /// <summary>Runs a statement at once, for what later reads of this transaction rest on.</summary>
    public async Task<int> ExecuteAsync(string sql, Param[] parameters, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        command.Add(parameters);
        await command.PrepareAsync(cancellationToken);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The same without a limit of time, for what works through whole tables.</summary>
    public async Task<int> ExecuteLongAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, _connection) { CommandTimeout = 0 };
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Queues a statement that returns no rows.</summary>
    public void Queue(Statement statement) => Queue(new StatementOperation(statement));

    /// <inheritdoc cref="Queue(Statement)"/>
    public void Queue(string sql, params Param[] parameters) => Queue(new Statement(sql, parameters));

    /// <summary>Queues an insert, update or delete that must touch exactly this many rows; otherwise the transaction is a concurrency conflict.</summary>
    public void QueueExpecting(int rows, string sql, params Param[] parameters)
    {
        var guard = new GuardedOperation(new Statement(sql, parameters), rows);
        _guards.Add(guard);
        Queue(guard);
    }

    public async Task<Loaded<TState>> LoadAsync<TState, TEvent>(
        AggregateType<TState, TEvent> type, Guid streamId, CancellationToken cancellationToken)
        where TState : class
        where TEvent : class
    {
        if (_unflushed.Contains(streamId))
        {
            throw new InvalidOperationException($"Stream {streamId} was appended to; flush before it is loaded again.");
        }

        if (!_remembered.Add(streamId))
        {
            // Read again, under a lock by now perhaps: the session would give what it remembers. A lightweight one could not even forget.
            _session.EjectAllOfType(typeof(TState));
        }

        var stream = await _session.Events.FetchForWriting<TState>(streamId, cancellationToken).TranslatedAsync();
        var version = stream.CurrentVersion ?? 0;
        _versions[streamId] = version;
        return stream.Aggregate is { } state || version == 0
            ? new Loaded<TState>(streamId, stream.Aggregate ?? type.Initial, version)
            : throw new InvalidOperationException($"The snapshot of stream {streamId} is missing: run `companion rebuild`.");
    }

    /// <summary>Appends to a stream at the version it was loaded at; a stream that moved meanwhile fails the transaction.</summary>
    /// <returns>The stream as it is after the append.</returns>
    public Loaded<TState> Append<TState, TEvent>(
        AggregateType<TState, TEvent> type, Loaded<TState> stream, IReadOnlyList<TEvent> events)
        where TState : class
        where TEvent : class
    {
        if (events.Count == 0)
        {
            return stream;
        }

        var state = stream.State;
        List<IEvent> stored = [];
        foreach (var @event in events)
        {
            state = type.Evolve(state, @event);
            var envelope = Envelope(stream.StreamId, @event);
            stored.Add(envelope);
            if (type.Tell(state, @event, envelope.Id) is { } statement)
            {
                Queue(statement);
            }

            type.FollowUp?.Invoke(this, state, @event);
        }

        Append<TState>(stream.StreamId, stream.Version, stored);
        foreach (var details in type.Details(state))
        {
            Queue(details);
        }

        return new Loaded<TState>(stream.StreamId, state, stream.Version + events.Count);
    }

    /// <summary>Loads a stream, decides, and appends what was decided.</summary>
    /// <returns>Why nothing was changed; null when what was asked for holds now.</returns>
    public async Task<Refusal?> ChangeAsync<TState, TEvent>(
        AggregateType<TState, TEvent> type, Guid streamId, Func<TState, Decision<TEvent>> decide, CancellationToken cancellationToken)
        where TState : class
        where TEvent : class
    {
        var stream = await LoadAsync(type, streamId, cancellationToken);
        var decision = decide(stream.State);
        Append(type, stream, decision.Events);
        return decision.Refusal;
    }

    /// <summary>Queues a background job that exists exactly if this transaction commits.</summary>
    /// <param name="streamId">The stream it serves; rows of one stream can be found by it.</param>
    /// <param name="dueAt">Not before; null for at once.</param>
    public void Enqueue<TPayload>(OutboxKind<TPayload> kind, Guid streamId, TPayload payload, DateTimeOffset? dueAt = null)
        where TPayload : class
    {
        HasDueWork |= dueAt is null || dueAt <= Now + OutboxSignal.Soon;
        Queue(
            """
            insert into companion.outbox_message (id, kind, stream_id, payload, created_at, due_at)
            values (@id, @kind, @stream_id, @payload, @now, @due_at)
            on conflict (id) do nothing
            """,
            Param.Uuid("id", DeterministicId.From(CommandId, kind.Name, _enqueued++)),
            Param.Text("kind", kind.Name),
            Param.Uuid("stream_id", streamId),
            Param.Json("payload", JsonSerializer.SerializeToUtf8Bytes(payload, kind.Json)),
            Param.Time("now", Now),
            Param.Time("due_at", dueAt ?? Now));
    }

    /// <summary>Events of these streams, each stream's in their order.</summary>
    internal Task<IReadOnlyList<IEvent>> EventsAsync(Guid[] streams, CancellationToken cancellationToken) => _session.Events.QueryAllRawEvents()
        .Where(stored => stored.StreamId.IsOneOf(streams))
        .OrderBy(stored => stored.StreamId).ThenBy(stored => stored.Version)
        .ToListAsync(cancellationToken).TranslatedAsync();

    /// <summary>Queues the write of a snapshot, whatever stands in its place.</summary>
    internal void ReplaceSnapshot<TState>(Guid streamId, TState state, long version)
        where TState : class
    {
        _session.HardDelete<TState>(streamId);
        _session.UpdateRevision(state, version);
        HasWrites = true;
    }

    /// <summary>Sends the queued writes in one round trip.</summary>
    internal async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (!HasWrites)
        {
            return;
        }

        await _session.SaveChangesAsync(cancellationToken).TranslatedAsync();
        if (_guards.Exists(guard => !guard.IsMet))
        {
            throw new ConcurrencyException();
        }

        _guards.Clear();
        _versions.Clear();
        _unflushed.Clear();
        HasWrites = false;
    }

    private void Queue(Marten.Internal.Operations.IStorageOperation operation)
    {
        _session.QueueOperation(operation);
        HasWrites = true;
    }

    private IEvent Envelope(Guid streamId, object @event)
    {
        var ordinal = _appended.GetValueOrDefault(streamId);
        _appended[streamId] = ordinal + 1;
        var envelope = _session.Events.BuildEvent(@event);
        envelope.Id = DeterministicId.From(CommandId, streamId.ToString(), ordinal);
        envelope.Timestamp = Now;
        Witness ??= (streamId, envelope.Id);
        return envelope;
    }

    private void Append<TState>(Guid streamId, long version, List<IEvent> events)
        where TState : class
    {
        if (_versions.TryGetValue(streamId, out var known))
        {
            if (known != version)
            {
                throw new ConcurrencyException();
            }

            _session.Events.Append(streamId, [.. events]);
        }
        else if (version == 0)
        {
            _session.Events.StartStream<TState>(streamId, [.. events]);
        }
        else
        {
            _session.Events.Append(streamId, version + events.Count, [.. events]);
        }

        _versions[streamId] = version + events.Count;
        _remembered.Add(streamId);
        _unflushed.Add(streamId);
        HasWrites = true;
    }
}
