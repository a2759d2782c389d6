namespace Companion.Foundation.Store;

/// <summary>Statements on Marten's tables that units of work and rebuilds share.</summary>
internal static class StreamSql
{
    public const string Insert =
        """
        insert into events.mt_streams (id, type, version, timestamp, created) values (@id, @type, @version, @now, @now)
        """;

    public const string Update =
        """
        update events.mt_streams set version = @version, timestamp = @now
        where id = @id and version = @expected and not is_archived
        """;

    /// <summary>Upserts an inline snapshot as Marten does; a newer one is never overwritten.</summary>
    public static Statement Snapshot<TState, TEvent>(
        AggregateType<TState, TEvent> type, Guid streamId, TState state, long version, DateTimeOffset now)
        where TState : class
        where TEvent : class =>
        new(
            $"""
            insert into {type.SnapshotTable} as s (id, data, mt_version, mt_dotnet_type, mt_last_modified)
            values (@id, @data, @version, @dotnet_type, @now)
            on conflict (id) do update
            set data = excluded.data, mt_version = excluded.mt_version, mt_last_modified = excluded.mt_last_modified
            where s.mt_version <= excluded.mt_version
            """,
            [
                Param.Uuid("id", streamId),
                Param.Json("data", type.WriteState(state)),
                Param.Long("version", version),
                Param.Text("dotnet_type", type.StateDotnetType),
                Param.Time("now", now),
            ],
            1);
}
