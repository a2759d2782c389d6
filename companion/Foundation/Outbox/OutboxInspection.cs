namespace Companion.Foundation.Outbox;

/// <summary>What operators do with messages.</summary>
internal sealed class OutboxInspection(NpgsqlDataSource dataSource, TimeProvider clock)
{
    public const int LongestList = 10_000;

    /// <summary>Oldest due first.</summary>
    /// <param name="state">As in <see cref="OutboxEntry.State"/>; null for all that are not done.</param>
    public async Task<IReadOnlyList<OutboxEntry>> ListAsync(
        string? state, string? kind, int limit, CancellationToken cancellationToken) => await dataSource.QueryAsync(
        """
        select id, kind, stream_id, state, attempts, last_error, created_at, due_at
        from (
          select m.id, m.kind, m.stream_id, m.attempts, m.last_error, m.created_at, m.due_at,
            case when m.done_at is not null then 'done' when m.dead_at is not null then 'dead'
                 when m.leased_until >= clock_timestamp() then 'leased' when m.due_at <= @now then 'due' else 'waiting' end as state
          from companion.outbox_message m
          where (@kind is null or m.kind = @kind) and (@state = 'done' or m.done_at is null)) messages
        where @state is null or state = @state
        order by due_at, id
        limit @limit
        """,
        Read,
        [Param.Time("now", clock.GetUtcNow()), Param.Text("kind", kind), Param.Text("state", state), Param.Int("limit", limit)],
        cancellationToken);

    /// <summary>Makes dead messages due again, with all their attempts before them.</summary>
    /// <param name="ids">Null for all of the kind.</param>
    /// <param name="kind">Null for any.</param>
    /// <returns>How many were dead and are due now.</returns>
    public Task<int> RetryAsync(Guid[]? ids, string? kind, CancellationToken cancellationToken) => dataSource.ExecuteAsync(
        """
        update companion.outbox_message
        set dead_at = null, attempts = 0, due_at = @now, lease_owner = null, leased_until = null
        where dead_at is not null and done_at is null and (@any or id = any (@ids)) and (@kind is null or kind = @kind)
        """,
        [Param.Time("now", clock.GetUtcNow()), Param.Bool("any", ids is null), Param.Uuids("ids", ids ?? []), Param.Text("kind", kind)],
        cancellationToken);

    private static OutboxEntry Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0),
        reader.GetString(1),
        reader.IsDBNull(2) ? null : reader.GetGuid(2),
        reader.GetString(3),
        reader.GetInt32(4),
        reader.NullableText(5),
        reader.GetFieldValue<DateTimeOffset>(6),
        reader.GetFieldValue<DateTimeOffset>(7));
}
