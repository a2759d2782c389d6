using Companion.Community.Directory;

namespace Companion.Journey.Members;

/// <summary>Table companion.chat_code: which chat account a member's codes were for, and which is connected.</summary>
internal sealed class ChatCodeTable(NpgsqlDataSource dataSource) : IChatConnections
{
    private const int MaxPerHour = 5;

    private const int MaxPerChatAccountAndDay = 5;

    private const string Owner =
        """
        select m.data ->> 'Account'
        from companion.chat_code c join events.mt_doc_member m on m.id = c.member_id
        where c.matrix_id = @id and c.is_connected
        """;

    public async Task<MatrixUserId?> FindAsync(AccountId account, CancellationToken cancellationToken)
    {
        var rows = await dataSource.QueryAsync(
            "select matrix_id from companion.chat_code where member_id = @member and is_connected",
            reader => new MatrixUserId(reader.GetString(0)),
            [Param.Uuid("member", MemberId.Of(account).Value)],
            cancellationToken);
        return rows.Count > 0 ? rows[0] : null;
    }

    /// <summary>The chat accounts behind a member's connection and the code that is out.</summary>
    public async Task<IReadOnlyDictionary<int, MatrixUserId>> OfAsync(MemberId member, CancellationToken cancellationToken) =>
        (await dataSource.QueryAsync(
            "select generation, matrix_id from companion.chat_code where member_id = @member",
            reader => (Generation: reader.GetInt32(0), Id: new MatrixUserId(reader.GetString(1))),
            [Param.Uuid("member", member.Value)],
            cancellationToken)).ToDictionary(row => row.Generation, row => row.Id);

    /// <summary>The account here that this chat account is connected to.</summary>
    public async Task<AccountId?> OwnerAsync(MatrixUserId id, CancellationToken cancellationToken) =>
        await dataSource.QueryAsync(Owner, ReadOwner, OwnerParameters(id), cancellationToken) is [var owner, ..] ? owner : null;

    /// <inheritdoc cref="OwnerAsync(MatrixUserId, CancellationToken)"/>
    public static async Task<AccountId?> OwnerAsync(UnitOfWork unit, MatrixUserId id, CancellationToken cancellationToken) =>
        await unit.QueryAsync(Owner, ReadOwner, OwnerParameters(id), cancellationToken) is [var owner, ..] ? owner : null;

    /// <summary>Whether one more code may be sent: neither members nor strangers are to be flooded. Parallel requests wait for each other.</summary>
    public static async Task<bool> MaySendAsync(UnitOfWork unit, MemberId member, MatrixUserId to, CancellationToken cancellationToken)
    {
        var counts = await unit.QueryLockedAsync(
            [LockOf(member.ToString()), LockOf(to.Value)],
            """
            select count(*) filter (where member_id = @member and requested_at > @hour_ago),
                   count(*) filter (where matrix_id = @to and requested_at > @day_ago)
            from companion.chat_code
            where member_id = @member or matrix_id = @to
            """,
            reader => (Own: reader.GetInt64(0), Theirs: reader.GetInt64(1)),
            [
                Param.Uuid("member", member.Value),
                Param.Text("to", to.Value),
                Param.Time("hour_ago", unit.Now.AddHours(-1)),
                Param.Time("day_ago", unit.Now.AddDays(-1)),
            ],
            cancellationToken);
        return counts[0] is { Own: < MaxPerHour, Theirs: < MaxPerChatAccountAndDay };
    }

    /// <summary>Keeps whom a code is for, and forgets those of others' codes that came to nothing.</summary>
    public static void Add(UnitOfWork unit, MemberId member, int generation, MatrixUserId to)
    {
        unit.Queue(
            "delete from companion.chat_code where requested_at < @day_ago and not is_connected", Param.Time("day_ago", unit.Now.AddDays(-1)));
        unit.Queue(
            "insert into companion.chat_code (member_id, generation, matrix_id, requested_at) values (@member, @generation, @to, @now)",
            Param.Uuid("member", member.Value),
            Param.Int("generation", generation),
            Param.Text("to", to.Value),
            Param.Time("now", unit.Now));
    }

    /// <param name="generation">Of the code that came back; null for none.</param>
    public static Statement Connect(MemberId member, int? generation) => new(
        """
        update companion.chat_code set is_connected = (generation = @generation)
        where member_id = @member and is_connected <> (generation = @generation)
        """,
        [Param.Uuid("member", member.Value), Param.Int("generation", generation ?? 0)]);

    private static Param[] OwnerParameters(MatrixUserId id) => [Param.Text("id", id.Value)];

    private static AccountId ReadOwner(NpgsqlDataReader reader) => new(reader.GetString(0));

    private static long LockOf(string key) => AdvisoryLock.Of($"chat_code\n{key}");
}
