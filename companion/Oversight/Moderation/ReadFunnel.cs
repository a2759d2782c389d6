using Companion.Community.Approvals;

namespace Companion.Oversight.Moderation;

/// <summary>Counts how invitations become people in rooms, and what that costs moderators.</summary>
internal sealed class ReadFunnel(NpgsqlDataSource dataSource, IOptions<ApprovalOptions> options, TimeProvider clock)
{
    public const int MaxWeeks = 104;

    public const int DefaultWeeks = 12;

    /// <summary>Each invite with the times of its steps.</summary>
    private const string Invites =
        """
        select d.issued_at, d.first_out_at as sent_at, coalesce(o.first_opened_at, o.opened_at) as opened_at,
          case when d.status = 'redeemed' then d.ended_at end as registered_at, n.let_in_at, n.in_rooms_at
        from companion.invite_details d
        left join companion.invite_opening o on o.invite_id = d.invite_id
        left join companion.onboarding_details n on n.invite_id = d.invite_id and n.kind = 'newcomer'
        where d.issued_at >= @from
        """;

    private const string CountSql =
        $"""
        select date_trunc('week', issued_at, 'UTC') as week, count(*)::int,
          (count(*) filter (where reached >= 1))::int,
          (count(*) filter (where reached >= 2))::int,
          (count(*) filter (where reached >= 3))::int,
          (count(*) filter (where reached >= 4))::int,
          (count(*) filter (where reached >= 5))::int
        from (
          select issued_at, case
            when in_rooms_at is not null then 5
            when let_in_at is not null then 4
            when registered_at is not null then 3
            when opened_at is not null then 2
            when sent_at is not null then 1
            else 0 end as reached
          from ({Invites}) invite) counted
        group by week
        """;

    private const string MedianSql =
        $"""
        select
          percentile_cont(0.5) within group (order by extract(epoch from sent_at - issued_at)::float8),
          percentile_cont(0.5) within group (order by extract(epoch from opened_at - sent_at)::float8),
          percentile_cont(0.5) within group (order by extract(epoch from registered_at - opened_at)::float8),
          percentile_cont(0.5) within group (order by extract(epoch from let_in_at - registered_at)::float8),
          percentile_cont(0.5) within group (order by extract(epoch from in_rooms_at - let_in_at)::float8)
        from ({Invites}) invite
        """;

    private const string WorkSql =
        """
        select count(*)::int,
          (count(*) filter (where n.let_in_at = n.started_at
            and not exists (select from companion.approval_details a where a.invite_id = n.invite_id)))::int,
          (select coalesce(sum(seconds_taken), 0) from companion.approval_details where requested_at >= @from)::float8
        from companion.onboarding_details n
        where n.kind = 'newcomer' and n.started_at >= @from
        """;

    public async Task<Outcome<FunnelAnswer>> RunAsync(int weeks, CancellationToken cancellationToken)
    {
        if (weeks is < 1 or > MaxWeeks)
        {
            return new Refusal("weeks_out_of_range", $"Ask for 1 to {MaxWeeks} weeks.", "weeks");
        }

        var mondays = Funnel.WeeksUntil(clock.GetUtcNow(), weeks);
        var from = Param.Time("from", new DateTimeOffset(mondays[0], TimeOnly.MinValue, TimeSpan.Zero));
        var counted = await dataSource.QueryAsync(CountSql, ReadWeek, [from], cancellationToken);
        var medians = await dataSource.QueryAsync(MedianSql, ReadMedians, [from], cancellationToken);
        var work = await dataSource.QueryAsync(
            WorkSql,
            reader => new FunnelWork(reader.GetInt32(0), reader.GetInt32(1), TimeSpan.FromSeconds(reader.GetDouble(2))),
            [from],
            cancellationToken);
        return Funnel.Of(mondays, counted.ToDictionary(week => week.Week), medians[0], work[0], options.Value.MinutesByHand);
    }

    private static FunnelWeek ReadWeek(NpgsqlDataReader reader) => new(
        Funnel.MondayOf(reader.GetFieldValue<DateTimeOffset>(0)),
        reader.GetInt32(1),
        reader.GetInt32(2),
        reader.GetInt32(3),
        reader.GetInt32(4),
        reader.GetInt32(5),
        reader.GetInt32(6));

    private static FunnelMedians ReadMedians(NpgsqlDataReader reader)
    {
        return new FunnelMedians(Seconds(0), Seconds(1), Seconds(2), Seconds(3), Seconds(4));

        double? Seconds(int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetDouble(ordinal);
    }
}
