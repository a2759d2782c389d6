using Companion.Community.Approvals;
using Companion.Community.Directory;

namespace Companion.Community.Inviters;

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
    /// <summary>Beyond this nobody looks further up; a circle of people ends here too.</summary>
    private const int MaxDepth = 250;

    /// <summary>Of each account asked for, itself and all above it, once each.</summary>
    private const string Line =
        """
        with recursive walk (who, account, depth) as (
          select account, account, 0 from unnest(@accounts::text[]) as asked (account)
          union all
          select walk.who, above.inviter, walk.depth + 1
          from walk cross join lateral (
            select d.inviter from companion.invite_details d where d.account = walk.account and d.status = 'redeemed' offset 0) above
          where walk.depth < @max_depth and above.inviter <> walk.who),
        up (who, account, depth) as (select who, account, min(depth) from walk group by who, account),
        line (who, above, is_flagged, is_frozen, frozen_above) as (
          select
            up.who,
            coalesce(array_agg(up.account order by up.depth) filter (where up.depth > 0), '{}'),
            coalesce(bool_or(m.is_flagged) filter (where up.depth = 0), false),
            coalesce(bool_or(m.is_frozen) filter (where up.depth = 0), false),
            (array_agg(up.account order by up.depth) filter (where up.depth > 0 and m.freezes_below))[1]
          from up left join companion.member_details m on m.account = up.account
          group by up.who)
        """;

    private const string Sql =
        $"""
        {Line},
        brought (inviter, good, bad) as (
          select d.inviter,
            count(*) filter (where n.status not in ('denied', 'cancelled')),
            count(*) filter (where n.status in ('denied', 'cancelled'))
          from companion.invite_details d
          join companion.onboarding_details n on n.invite_id = d.invite_id and n.kind = 'newcomer' and n.status <> 'awaiting_approval'
          where d.inviter = any (@accounts)
          group by d.inviter),
        own (inviter, open, last_day, last_week) as (
          select inviter,
            count(*) filter (where is_open),
            count(*) filter (where issued_at > @day_ago),
            count(*) filter (where issued_at > @week_ago)
          from companion.invite_details where inviter = any (@accounts)
          group by inviter)
        select
          line.who, line.above, coalesce(brought.good, 0)::int, coalesce(brought.bad, 0)::int,
          coalesce(own.open, 0)::int, coalesce(own.last_day, 0)::int, coalesce(own.last_week, 0)::int,
          line.is_flagged, line.is_frozen, line.frozen_above
        from line
        left join brought on brought.inviter = line.who
        left join own on own.inviter = line.who
        """;

    private const string FrozenSql = $"{Line} select is_frozen or frozen_above is not null from line";

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
        (await dataSource.QueryAsync(FrozenSql, reader => reader.GetBoolean(0), LineParameters([account]), cancellationToken))[0];

    /// <inheritdoc cref="IsFrozen"/>
    public static async Task<bool> IsFrozenAsync(UnitOfWork unit, AccountId account, CancellationToken cancellationToken) =>
        (await unit.QueryAsync(FrozenSql, reader => reader.GetBoolean(0), LineParameters([account]), cancellationToken))[0];

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
        .. LineParameters(accounts),
        Param.Time("day_ago", now.AddDays(-1)),
        Param.Time("week_ago", now.AddDays(-7)),
    ];

    private static Param[] LineParameters(IReadOnlyCollection<AccountId> accounts) =>
        [Param.Texts("accounts", [.. accounts.Select(account => account.Value)]), Param.Int("max_depth", MaxDepth)];

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
