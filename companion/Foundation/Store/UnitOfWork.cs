using System.Diagnostics;
using System.Text.Json;
using Companion.Community.Timeline;
using Companion.Foundation.Kernel;
using Companion.Foundation.Outbox;
using Npgsql;

namespace Companion.Foundation.Store;

/// <summary>
/// One transaction of one use case: reads at once, writes queued and sent in one batch before the commit.
/// Made and committed by <see cref="Transactions"/> only.
/// </summary>
internal sealed class UnitOfWork(NpgsqlConnection connection, Guid commandId, DateTimeOffset now)
{
    private readonly List<Statement> _statements = [];
    private readonly Dictionary<Guid, int> _appended = [];
    private int _enqueued;

    /// <summary>What is done, the same when it is tried again; ids of events and outbox rows derive from it.</summary>
    public Guid CommandId { get; } = commandId;

    public DateTimeOffset Now { get; } = now;

    /// <summary>An event of this transaction by which its outcome can be looked up; null when it appends none.</summary>
    internal (Guid StreamId, Guid EventId)? Witness { get; private set; }

    /// <summary>Writes were queued.</summary>
    public bool HasWrites => _statements.Count > 0;

    /// <summary>Outbox rows that may run at once, or soon, were queued.</summary>
    internal bool HasDueWork { get; private set; }

    public async Task<List<T>> QueryAsync<T>(
        string sql, Func<NpgsqlDataReader, T> map, Param[] parameters, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Add(parameters);
        return await command.ReadAllAsync(map, cancellationToken);
    }

    /// <summary>Takes locks that hold to the end of the transaction, then reads what they guard, in one round trip.</summary>
    /// <param name="locks">Keys of PostgreSQL advisory locks; taken in ascending order, so that transactions can't wait for each other in a circle.</param>
    public async Task<List<T>> QueryLockedAsync<T>(
        long[] locks, string sql, Func<NpgsqlDataReader, T> map, Param[] parameters, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new Statement(
            "select pg_advisory_xact_lock(key) from unnest(@locks::bigint[]) key", [Param.Longs("locks", [.. locks.Distinct().Order()])]).ToBatchCommand());
        batch.BatchCommands.Add(new Statement(sql, parameters).ToBatchCommand());
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return await reader.ReadAllAsync(map, cancellationToken);
    }

    /// <summary>Runs a statement at once, for what later reads of this transaction rest on.</summary>
    public async Task<int> ExecuteAsync(string sql, Param[] parameters, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Add(parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public void Queue(Statement statement) => _statements.Add(statement);

    public void Queue(string sql, params Param[] parameters) => _statements.Add(new Statement(sql, parameters));

    /// <summary>Queues a write that must touch exactly this many rows; otherwise the transaction is a concurrency conflict.</summary>
    public void QueueExpecting(int rows, string sql, params Param[] parameters) => _statements.Add(new Statement(sql, parameters, rows));

    public async Task<Loaded<TState>> LoadAsync<TState, TEvent>(
        AggregateType<TState, TEvent> type, Guid streamId, CancellationToken cancellationToken)
        where TState : class
        where TEvent : class
    {
        var rows = await QueryAsync(
            $"select data, mt_version from {type.SnapshotTable} where id = @id",
            reader => new Loaded<TState>(streamId, type.ReadState(reader.GetFieldValue<byte[]>(0)), reader.GetInt64(1)),
            [Param.Uuid("id", streamId)],
            cancellationToken);
        return rows.SingleOrDefault() ?? new Loaded<TState>(streamId, type.Initial, 0);
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

        var newVersion = stream.Version + events.Count;
        QueueExpecting(
            1,
            stream.Version == 0 ? StreamSql.Insert : StreamSql.Update,
            Param.Uuid("id", stream.StreamId),
            Param.Text("type", type.Alias),
            Param.Long("version", newVersion),
            Param.Long("expected", stream.Version),
            Param.Time("now", Now));

        var (state, version) = (stream.State, stream.Version);
        foreach (var @event in events)
        {
            state = type.Evolve(state, @event);
            var eventId = QueueEvent(type.TypeOf(@event), stream.StreamId, ++version, @event);
            if (type.Describe(state, @event) is { } entry)
            {
                _statements.Add(TimelineSql.Insert(entry, eventId));
            }

            type.FollowUp?.Invoke(this, state, @event);
        }

        _statements.Add(StreamSql.Snapshot(type, stream.StreamId, state, newVersion, Now));
        _statements.AddRange(type.Details(state));
        return new Loaded<TState>(stream.StreamId, state, newVersion);
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

    /// <summary>Sends the queued writes in one round trip.</summary>
    internal async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_statements.Count == 0)
        {
            return;
        }

        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in _statements)
        {
            batch.BatchCommands.Add(statement.ToBatchCommand());
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
        for (var i = 0; i < _statements.Count; i++)
        {
            if (_statements[i].ExpectedRows is { } expected && batch.BatchCommands[i].RecordsAffected != expected)
            {
                throw new ConcurrencyException();
            }
        }

        _statements.Clear();
    }

    private Guid QueueEvent<TEvent>(EventType type, Guid streamId, long version, TEvent @event)
    {
        var ordinal = _appended.GetValueOrDefault(streamId);
        _appended[streamId] = ordinal + 1;
        var eventId = DeterministicId.From(CommandId, streamId.ToString(), ordinal);
        Witness ??= (streamId, eventId);
        Queue(
            """
            insert into events.mt_events
              (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, correlation_id, causation_id)
            values
              (nextval('events.mt_events_sequence'), @id, @stream_id, @version, @data, @type, @now, @dotnet_type, @correlation, @causation)
            """,
            Param.Uuid("id", eventId),
            Param.Uuid("stream_id", streamId),
            Param.Long("version", version),
            Param.Json("data", JsonSerializer.SerializeToUtf8Bytes(@event, type.Json)),
            Param.Text("type", type.Alias),
            Param.Time("now", Now),
            Param.Text("dotnet_type", type.DotnetType),
            Param.Text("correlation", Activity.Current?.TraceId.ToString()),
            Param.Text("causation", CommandId.ToString()));
        return eventId;
    }
}
