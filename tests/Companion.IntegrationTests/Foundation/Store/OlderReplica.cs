using System.Text.Json;
using Companion.Foundation.Store;
using Companion.Journey.Invites;
using Npgsql;

namespace Companion.IntegrationTests.Foundation.Store;

/// <summary>
/// A replica of the version before Marten, as far as it appends to invites: the statements that it goes on sending while replicas are
/// replaced one by one.
/// </summary>
internal sealed class OlderReplica(NpgsqlDataSource dataSource)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Reads the snapshot, decides, and appends at the version that was read.</summary>
    /// <param name="hasRead">Awaited between reading and writing.</param>
    /// <returns>False for a conflict, which that version tried again.</returns>
    public async Task<bool> TryAppendAsync(Guid id, Func<Invite, InviteEvent> decide, Func<Task>? hasRead = null)
    {
        await using var connection = await dataSource.OpenConnectionAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        var (state, version) = await ReadAsync(connection, id);
        await (hasRead?.Invoke() ?? Task.CompletedTask);
        await using var batch = Batch(connection, id, version, state, decide(state));
        try
        {
            await batch.ExecuteNonQueryAsync(Cancel);
        }
        catch (PostgresException exception) when (exception.SqlState is "23505" or "40001" or "40P01")
        {
            return false;
        }

        if (batch.BatchCommands[0].RecordsAffected != 1 || batch.BatchCommands[2].RecordsAffected != 1)
        {
            return false;
        }

        await transaction.CommitAsync(Cancel);
        return true;
    }

    private static async Task<(Invite State, long Version)> ReadAsync(NpgsqlConnection connection, Guid id)
    {
        await using var command = new NpgsqlCommand("select data, mt_version from events.mt_doc_invite where id = $1", connection)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = id } },
        };
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        return await reader.ReadAsync(Cancel)
            ? (JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(0), InviteJson.Default.Invite)!, reader.GetInt64(1))
            : (Invite.Initial, 0);
    }

    private static NpgsqlBatch Batch(NpgsqlConnection connection, Guid id, long version, Invite before, InviteEvent @event)
    {
        var now = FakeClock.Start;
        Param[] parameters =
        [
            Param.Uuid("id", id),
            Param.Text("type", "invite"),
            Param.Long("version", version + 1),
            Param.Long("expected", version),
            Param.Time("now", now),
            Param.Uuid("event_id", Guid.CreateVersion7()),
            Param.Json("event", JsonSerializer.SerializeToUtf8Bytes(@event, @event.GetType(), InviteJson.Default)),
            Param.Text("event_type", InviteStream.Type.EventTypes.Single(type => type.Value == @event.GetType()).Key),
            Param.Text("event_class", $"Companion.Invites.{@event.GetType().Name}, Companion"),
            Param.Text("cause", Guid.CreateVersion7().ToString()),
            Param.Json("state", JsonSerializer.SerializeToUtf8Bytes(Invite.Evolve(before, @event), InviteJson.Default.Invite)),
            Param.Text("state_class", "Companion.Invites.Invite, Companion"),
        ];
        var batch = new NpgsqlBatch(connection);
        foreach (var sql in new[]
        {
            version == 0
                ? "insert into events.mt_streams (id, type, version, timestamp, created) values (@id, @type, @version, @now, @now)"
                : "update events.mt_streams set version = @version, timestamp = @now where id = @id and version = @expected and not is_archived",
            """
            insert into events.mt_events
              (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, correlation_id, causation_id)
            values
              (nextval('events.mt_events_sequence'), @event_id, @id, @version, @event, @event_type, @now, @event_class, null, @cause)
            """,
            """
            insert into events.mt_doc_invite as s (id, data, mt_version, mt_dotnet_type, mt_last_modified)
            values (@id, @state, @version, @state_class, @now)
            on conflict (id) do update
            set data = excluded.data, mt_version = excluded.mt_version, mt_last_modified = excluded.mt_last_modified
            where s.mt_version <= excluded.mt_version
            """,
        })
        {
            batch.BatchCommands.Add(new Statement(sql, [.. parameters.Where(parameter => sql.Contains($"@{parameter.Name}", StringComparison.Ordinal))]).ToBatchCommand());
        }

        return batch;
    }
}
