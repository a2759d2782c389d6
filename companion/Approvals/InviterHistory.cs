using Companion.Database;
using Companion.Directory;
using Companion.EventStore;
using Npgsql;

namespace Companion.Approvals;

/// <summary>What an inviter did so far, as invites and onboardings tell, and what moderators said of it.</summary>
/// <param name="Above">Who brought this account in, who brought that one in, and so on.</param>
/// <param name="FrozenAbove">The nearest of these whose inviting was frozen with all below.</param>
internal sealed record InviterHistory(
    IReadOnlyList<AccountId> Above,
    Standing Standing,
    int OpenInvites,
    int IssuedLastDay,
    int IssuedLastWeek,
    bool IsFlagged,
    bool IsFrozenItself,
    AccountId? FrozenAbove)
{
    /// <summary>The account and all above it, once each, whatever circles there are.</summary>
    private const string Line =
        """
        select
          coalesce(array_agg(up.account order by up.depth) filter (where up.depth > 0), '{}') as above,
          coalesce(bool_or(m.is_flagged) filter (where up.depth = 0), false) as is_flagged,
          coalesce(bool_or(m.is_frozen) filter (where up.depth = 0), false) as is_frozen,
          (array_agg(up.account order by up.depth) filter (where up.depth > 0 and m.freezes_below))[1] as frozen_above
        from (
          with recursive line (account, depth) as (
            select who.account, 0
            union all
            select d.inviter, line.depth + 1
            from line join companion.invite_details d on d.account = line.account and d.status = 'redeemed')
          cycle account set is_known using path
          select account, depth from line where not is_known) up
        left join companion.member_details m on m.account = up.account
        """;

    private const string Sql =
        $"""
        select
          who.account, line.above, brought.good, brought.bad, own.open, own.last_day, own.last_week,
          line.is_flagged, line.is_frozen, line.frozen_above
        from unnest(@accounts::text[]) as who (account)
        cross join lateral ({Line}) line
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
        """;

    private const string FrozenSql =
        $"""
        select line.is_frozen or line.frozen_above is not null
        from (values (@account)) as who (account)
        cross join lateral ({Line}) line
        """;

    /// <summary>Invitations between this account and one that nobody invited.</summary>
    public int Depth => Above.Count;

    /// <summary>May invite nobody, and nobody comes in by the invites that are out.</summary>
    public bool IsFrozen => IsFrozenItself || FrozenAbove is not null;

    public static async Task<InviterHistory> ReadAsync(UnitOfWork unit, AccountId account, CancellationToken cancellationToken) =>
        (await unit.QueryAsync(Sql, Read, Parameters([account], unit.Now), cancellationToken))[0].History;

    public static async Task<IReadOnlyDictionary<AccountId, InviterHistory>> ReadAsync(
        NpgsqlDataSource dataSource, IReadOnlyCollection<AccountId> accounts, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await dataSource.QueryAsync(Sql, Read, Parameters(accounts, now), cancellationToken)).ToDictionary(row => row.Account, row => row.History);

    /// <summary>That alone, for those who ask often.</summary>
    /// <inheritdoc cref="IsFrozen"/>
    public static async Task<bool> IsFrozenAsync(NpgsqlDataSource dataSource, AccountId account, CancellationToken cancellationToken) =>
        (await dataSource.QueryAsync(FrozenSql, reader => reader.GetBoolean(0), [Param.Text("account", account.Value)], cancellationToken))[0];

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
        Param.Time("day_ago", now.AddDays(-1)),
        Param.Time("week_ago", now.AddDays(-7)),
    ];

    private static (AccountId Account, InviterHistory History) Read(NpgsqlDataReader reader) => (
        new AccountId(reader.GetString(0)),
        new InviterHistory(
            [.. reader.GetFieldValue<string[]>(1).Select(account => new AccountId(account))],
            new Standing(reader.GetInt32(2), reader.GetInt32(3)),
            reader.GetInt32(4),
            reader.GetInt32(5),
            reader.GetInt32(6),
            reader.GetBoolean(7),
            reader.GetBoolean(8),
            reader.NullableText(9) is { } above ? new AccountId(above) : null));
}
