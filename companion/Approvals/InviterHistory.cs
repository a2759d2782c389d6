using Companion.Database;
using Companion.Directory;
using Companion.EventStore;
using Companion.Members;
using Npgsql;

namespace Companion.Approvals;

/// <summary>What an inviter did so far, as invites and onboardings tell.</summary>
/// <param name="Depth">Invitations between this account and one that nobody invited.</param>
internal sealed record InviterHistory(int Depth, Standing Standing, int OpenInvites, int IssuedLastDay, int IssuedLastWeek, bool IsFlagged)
{
    /// <summary>Chains that are longer count as this long.</summary>
    public const int MaxDepth = 100;

    private const string Sql =
        """
        select
          who.account,
          (with recursive up (account, depth) as (
             select who.account, 0
             union all
             select d.inviter, up.depth + 1
             from up join companion.invite_details d on d.account = up.account and d.status = 'redeemed'
             where up.depth < @max_depth)
           select max(depth) from up),
          brought.good, brought.bad, own.open, own.last_day, own.last_week,
          coalesce((m.data ->> 'IsFlagged')::boolean, false)
        from unnest(@accounts::text[], @members::uuid[]) as who (account, member)
        cross join lateral (
          select (count(*) filter (where n.status not in ('denied', 'cancelled')))::int as good,
                 (count(*) filter (where n.status in ('denied', 'cancelled')))::int as bad
          from companion.invite_details d
          join companion.onboarding_details n on n.invite_id = d.invite_id and n.kind = 'newcomer' and n.status <> 'awaiting_approval'
          where d.inviter = who.account) brought
        cross join lateral (
          select (count(*) filter (where is_open))::int as open,
                 (count(*) filter (where issued_at > @day_ago))::int as last_day,
                 (count(*) filter (where issued_at > @week_ago))::int as last_week
          from companion.invite_details where inviter = who.account) own
        left join events.mt_doc_member m on m.id = who.member
        """;

    public static async Task<InviterHistory> ReadAsync(UnitOfWork unit, AccountId account, CancellationToken cancellationToken) =>
        (await unit.QueryAsync(Sql, Read, Parameters([account], unit.Now), cancellationToken))[0].History;

    public static async Task<IReadOnlyDictionary<AccountId, InviterHistory>> ReadAsync(
        NpgsqlDataSource dataSource, IReadOnlyCollection<AccountId> accounts, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await dataSource.QueryAsync(Sql, Read, Parameters(accounts, now), cancellationToken)).ToDictionary(row => row.Account, row => row.History);

    /// <param name="person">As the identity provider tells now.</param>
    /// <param name="kind">The most that the person is anywhere.</param>
    public InviterFacts With(Person person, InviterKind kind, DateTimeOffset now) => new(
        now - person.CreatedAt,
        kind,
        person.Memberships,
        person.Roles,
        Standing,
        OpenInvites,
        IssuedLastDay,
        IssuedLastWeek,
        Depth,
        IsFlagged);

    private static Param[] Parameters(IReadOnlyCollection<AccountId> accounts, DateTimeOffset now) =>
    [
        Param.Texts("accounts", [.. accounts.Select(account => account.Value)]),
        Param.Uuids("members", [.. accounts.Select(account => MemberId.Of(account).Value)]),
        Param.Int("max_depth", MaxDepth),
        Param.Time("day_ago", now.AddDays(-1)),
        Param.Time("week_ago", now.AddDays(-7)),
    ];

    private static (AccountId Account, InviterHistory History) Read(NpgsqlDataReader reader) => (
        new AccountId(reader.GetString(0)),
        new InviterHistory(
            reader.GetInt32(1),
            new Standing(reader.GetInt32(2), reader.GetInt32(3)),
            reader.GetInt32(4),
            reader.GetInt32(5),
            reader.GetInt32(6),
            reader.GetBoolean(7)));
}
