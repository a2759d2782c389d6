namespace Companion.Foundation.Outbox;

/// <summary>Statements on companion.outbox_message. Leases are compared on the database's clock, due times on the application's.</summary>
internal sealed class OutboxTable(NpgsqlDataSource dataSource)
{
    /// <summary>
    /// Claims what has been due longest, of no kind more than is offered, and asks when there will be more.
    /// Attempts count at claim time, so a crash loop dies too.
    /// </summary>
    public async Task<OutboxClaims> ClaimAsync(OutboxOffer offer, TimeSpan lease, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Param[] common = [Param.Texts("kinds", [.. offer.Kinds.Keys]), Param.Time("now", now)];
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new Statement(
            """
            with due as (
              select oldest.id, oldest.due_at
              from unnest(@kinds, @places) as offer (kind, places)
              cross join lateral (
                select m.id, m.due_at from companion.outbox_message m
                where m.kind = offer.kind and m.done_at is null and m.dead_at is null and m.due_at <= @now
                  and (m.leased_until is null or m.leased_until < clock_timestamp())
                order by m.due_at
                limit offer.places
                for update skip locked) oldest
              order by oldest.due_at
              limit @total),
            claimed as (
              update companion.outbox_message m
              set lease_owner = gen_random_uuid(), leased_until = clock_timestamp() + @lease, attempts = m.attempts + 1
              from due where m.id = due.id
              returning m.id, m.kind, m.stream_id, m.payload, m.attempts, m.created_at, m.lease_owner, m.due_at)
            select id, kind, stream_id, payload, attempts, created_at, lease_owner from claimed order by due_at, id
            """,
            [.. common, Param.Ints("places", [.. offer.Kinds.Values]), Param.Int("total", offer.Total), Param.Span("lease", lease)]).ToBatchCommand());
        batch.BatchCommands.Add(new Statement(
            """
            select offer.kind, next.due_at - @now
            from unnest(@kinds) as offer (kind)
            cross join lateral (
              select m.due_at from companion.outbox_message m
              where m.kind = offer.kind and m.done_at is null and m.dead_at is null
                and (m.leased_until is null or m.leased_until < clock_timestamp())
              order by m.due_at
              limit 1) next
            """,
            common).ToBatchCommand());
        await batch.PrepareAsync(cancellationToken);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var messages = await reader.ReadAllAsync(Read, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var next = await reader.ReadAllAsync(row => (Kind: row.GetString(0), Wait: row.GetFieldValue<TimeSpan>(1)), cancellationToken);
        return new OutboxClaims(messages, next.ToDictionary(kind => kind.Kind, kind => kind.Wait));
    }

    /// <returns>False when the lease was lost.</returns>
    public async Task<bool> RenewAsync(OutboxMessage message, TimeSpan lease, CancellationToken cancellationToken) =>
        await dataSource.ExecuteAsync(
            """
            update companion.outbox_message set leased_until = clock_timestamp() + @lease
            where id = @id and lease_owner = @owner and done_at is null
            """,
            [Param.Span("lease", lease), .. Lease(message)],
            cancellationToken) == 1;

    /// <summary>Gives a message back unworked, for another replica or the next start.</summary>
    public Task ReturnAsync(OutboxMessage message, CancellationToken cancellationToken) => dataSource.ExecuteAsync(
        """
        update companion.outbox_message set lease_owner = null, leased_until = null, attempts = attempts - 1
        where id = @id and lease_owner = @owner and done_at is null
        """,
        Lease(message),
        cancellationToken);

    public static void Finish(UnitOfWork unit, OutboxMessage message) => unit.QueueExpecting(
        1,
        """
        update companion.outbox_message set done_at = @now, lease_owner = null, leased_until = null, last_error = null
        where id = @id and lease_owner = @owner and done_at is null
        """,
        [Param.Time("now", unit.Now), .. Lease(message)]);

    public static void Postpone(UnitOfWork unit, OutboxMessage message, string code, DateTimeOffset dueAt, bool counts) =>
        unit.QueueExpecting(
            1,
            """
            update companion.outbox_message
            set due_at = @due_at, last_error = @code, lease_owner = null, leased_until = null, attempts = attempts - @uncounted
            where id = @id and lease_owner = @owner and done_at is null
            """,
            [Param.Time("due_at", dueAt), Param.Text("code", code), Param.Int("uncounted", counts ? 0 : 1), .. Lease(message)]);

    public static void Bury(UnitOfWork unit, OutboxMessage message, string code) => unit.QueueExpecting(
        1,
        """
        update companion.outbox_message set dead_at = @now, last_error = @code, lease_owner = null, leased_until = null
        where id = @id and lease_owner = @owner and done_at is null
        """,
        [Param.Time("now", unit.Now), Param.Text("code", code), .. Lease(message)]);

    /// <summary>Age of the oldest message that is due and not done; zero when nothing is due.</summary>
    public async Task<TimeSpan> OldestDueAgeAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var oldest = await dataSource.QueryAsync(
            "select min(due_at) from companion.outbox_message where done_at is null and dead_at is null and due_at <= @now",
            reader => reader.IsDBNull(0) ? (DateTimeOffset?)null : reader.GetFieldValue<DateTimeOffset>(0),
            [Param.Time("now", now)],
            cancellationToken);
        return oldest[0] is { } due ? now - due : TimeSpan.Zero;
    }

    public Task<int> PurgeDoneAsync(DateTimeOffset before, CancellationToken cancellationToken) => dataSource.ExecuteAsync(
        "delete from companion.outbox_message where done_at < @before", [Param.Time("before", before)], cancellationToken);

    private static Param[] Lease(OutboxMessage message) => [Param.Uuid("id", message.Id), Param.Uuid("owner", message.LeaseOwner)];

    private static OutboxMessage Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0),
        reader.GetString(1),
        reader.GetGuid(2),
        reader.GetFieldValue<byte[]>(3),
        reader.GetInt32(4),
        reader.GetFieldValue<DateTimeOffset>(5),
        reader.GetGuid(6));
}
