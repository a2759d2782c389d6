namespace Companion.Community.Timeline;

/// <summary>Tables companion.timeline_seal and timeline_chain: seals what was appended, and finds what was changed since.</summary>
internal sealed class TimelineChain(NpgsqlDataSource dataSource, Transactions transactions, TimelineSeal seal)
{
    private const int PageSize = 1000;

    private const long Lock = 0x7365616c_74696d65;

    /// <summary>Seals what is final.</summary>
    /// <returns>How many entries were sealed.</returns>
    public async Task<int> SealAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        while (await transactions.RunAsync(SealPageAsync, cancellationToken) is > 0 and var sealedNow)
        {
            count += sealedNow;
        }

        return count;
    }

    public async Task<TimelineVerdict> VerifyAsync(CancellationToken cancellationToken)
    {
        var hash = await BeginningAsync(cancellationToken);
        var (position, last) = (0L, (Transaction: 0UL, Id: 0L));
        while (await PageAfterAsync(position, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var row in page)
            {
                position++;
                if (row.Line is null)
                {
                    return new TimelineVerdict(position - 1, 0, null, row.EntryId, "deleted");
                }

                hash = seal.Next(hash, row.Transaction, row.Line);
                if (row.Position != position || !hash.AsSpan().SequenceEqual(row.Hash))
                {
                    return new TimelineVerdict(position - 1, 0, null, row.EntryId, "changed");
                }

                last = (row.Transaction, row.EntryId);
            }
        }

        return await SlippedInAsync(last, cancellationToken) is { } entry
            ? new TimelineVerdict(position, 0, null, entry, "inserted")
            : new TimelineVerdict(position, await UnsealedAsync(cancellationToken), Convert.ToHexStringLower(hash), null, null);
    }

    /// <summary>Begins a new chain from where the present one has come to, for a timeline that is about to be written again.</summary>
    public static async Task RestartAsync(UnitOfWork unit, CancellationToken cancellationToken)
    {
        await unit.ExecuteAsync("select pg_advisory_xact_lock(@lock)", [Param.Long("lock", Lock)], cancellationToken);
        await unit.ExecuteAsync(
            """
            insert into companion.timeline_chain (started_at, hash, entries)
            select @now, hash, position from companion.timeline_seal order by position desc limit 1
            """,
            [Param.Time("now", unit.Now)],
            cancellationToken);
        await unit.ExecuteAsync("truncate companion.timeline_seal", [], cancellationToken);
    }

    private async Task<int> SealPageAsync(UnitOfWork unit, CancellationToken cancellationToken)
    {
        var last = (await unit.QueryLockedAsync(
            [Lock],
            """
            select s.position, s.xid::text, s.entry_id, coalesce(s.hash, (select hash from companion.timeline_chain order by id desc limit 1))
            from (select 1) one
            left join (select position, xid, entry_id, hash from companion.timeline_seal order by position desc limit 1) s on true
            """,
            reader => (
                Position: reader.IsDBNull(0) ? 0 : reader.GetInt64(0),
                Transaction: reader.IsDBNull(1) ? 0 : TimelineReader.ReadTransaction(reader, 1),
                Id: reader.IsDBNull(2) ? 0 : reader.GetInt64(2),
                Hash: reader.IsDBNull(3) ? TimelineSeal.Beginning : reader.GetFieldValue<byte[]>(3)),
            [],
            cancellationToken))[0];
        var entries = await TimelineSql.FinalAfterAsync(unit, new TimelineCursor(last.Transaction, last.Id), PageSize, cancellationToken);
        var (position, hash) = (last.Position, last.Hash);
        foreach (var (line, transaction, _) in entries)
        {
            hash = seal.Next(hash, transaction, line);
            unit.Queue(
                "insert into companion.timeline_seal (position, entry_id, xid, hash) values (@position, @entry, @xid::xid8, @hash)",
                Param.Long("position", ++position),
                Param.Long("entry", line.Id),
                Param.Text("xid", transaction.ToString(CultureInfo.InvariantCulture)),
                Param.Bytes("hash", hash));
        }

        return entries.Count;
    }

    private async Task<byte[]> BeginningAsync(CancellationToken cancellationToken) => (await dataSource.QueryAsync(
        "select hash from companion.timeline_chain order by id desc limit 1", reader => reader.GetFieldValue<byte[]>(0), [], cancellationToken))
        is [var hash] ? hash : TimelineSeal.Beginning;

    private Task<List<SealedEntry>> PageAfterAsync(long position, CancellationToken cancellationToken) => dataSource.QueryAsync(
        """
        select s.position, s.entry_id, s.xid::text, s.hash,
          e.id, e.kind, e.type, e.at, e.actor, e.account, e.inviter, e.invite_id, e.detail, e.xid::text
        from companion.timeline_seal s left join companion.timeline_entry e on e.id = s.entry_id
        where s.position > @position
        order by s.position
        limit @limit
        """,
        reader => new SealedEntry(
            reader.GetInt64(0),
            reader.GetInt64(1),
            TimelineReader.ReadTransaction(reader, reader.IsDBNull(4) ? 2 : 13),
            reader.GetFieldValue<byte[]>(3),
            reader.IsDBNull(4) ? null : TimelineReader.ReadLine(reader, 4)),
        [Param.Long("position", position), Param.Int("limit", PageSize)],
        cancellationToken);

    /// <summary>An entry that stands where everything was sealed already.</summary>
    private async Task<long?> SlippedInAsync((ulong Transaction, long Id) last, CancellationToken cancellationToken) => (await dataSource.QueryAsync(
        """
        select min(e.id) from companion.timeline_entry e
        where (e.xid, e.id) <= (@xid::xid8, @id) and not exists (select from companion.timeline_seal s where s.entry_id = e.id)
        """,
        reader => reader.IsDBNull(0) ? (long?)null : reader.GetInt64(0),
        [Param.Text("xid", last.Transaction.ToString(CultureInfo.InvariantCulture)), Param.Long("id", last.Id)],
        cancellationToken))[0];

    private async Task<long> UnsealedAsync(CancellationToken cancellationToken) => (await dataSource.QueryAsync(
        "select count(*) from companion.timeline_entry e where not exists (select from companion.timeline_seal s where s.entry_id = e.id)",
        reader => reader.GetInt64(0),
        [],
        cancellationToken))[0];

    private sealed record SealedEntry(long Position, long EntryId, ulong Transaction, byte[] Hash, TimelineLine? Line);
}

/// <summary>What became of the timeline since it was sealed.</summary>
/// <param name="Entries">Sealed and as they were, up to the first that is not.</param>
/// <param name="Unsealed">Too young to be sealed.</param>
/// <param name="Head">The last hash, in hex; kept elsewhere it proves later that nothing was cut off. Null for a broken chain.</param>
/// <param name="Broken">Id of the first entry that is not as it was; null where all are.</param>
/// <param name="Why">changed, deleted or inserted.</param>
internal sealed record TimelineVerdict(long Entries, long Unsealed, string? Head, long? Broken, string? Why)
{
    public override string ToString() => Broken is { } broken
        ? string.Create(
            CultureInfo.InvariantCulture, $"Entry {broken} was {Why} after it was sealed. The {Entries} entries before it are as they were.")
        : string.Create(
            CultureInfo.InvariantCulture, $"All {Entries} sealed entries are as they were, {Unsealed} are not sealed yet. Head: {Head}");
}

/// <summary>The timeline is not what it was, so it is evidence and must not be written over.</summary>
internal sealed class TimelineBrokenException(TimelineVerdict verdict)
    : Exception($"{verdict} The timeline is not written again: keep a copy of the database, or say --force.");
