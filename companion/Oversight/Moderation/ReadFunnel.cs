using Companion.Community.Approvals;

namespace Companion.Oversight.Moderation;

/// <summary>Counts how invitations become people in rooms, and what that costs moderators.</summary>
internal sealed class ReadFunnel(NpgsqlDataSource dataSource, IOptions<ApprovalOptions> options, TimeProvider clock)
{
    public const int MaxWeeks = 104;

    public const int DefaultWeeks = 12;

    private const string CountSql =
        """
        select week, step, sum(amount)::int from companion.funnel_count where week >= @from::date and duration is null group by week, step
        """;

    private const string DurationSql =
        """
        select step, sum(amount)::int, sum(milliseconds)::float8 from companion.funnel_count
        where week >= @from::date and duration is not null
        group by step, duration having sum(amount) > 0
        order by step, duration
        """;

    public async Task<Outcome<FunnelAnswer>> RunAsync(int weeks, CancellationToken cancellationToken)
    {
        if (weeks is < 1 or > MaxWeeks)
        {
            return new Refusal("weeks_out_of_range", $"Ask for 1 to {MaxWeeks} weeks.", "weeks");
        }

        var mondays = Funnel.WeeksUntil(clock.GetUtcNow(), weeks);
        var from = Param.Text("from", mondays[0].ToString("O", CultureInfo.InvariantCulture));
        var counted = await dataSource.QueryAsync(
            CountSql, reader => (Week: reader.GetFieldValue<DateOnly>(0), Step: reader.GetString(1), Count: reader.GetInt32(2)), [from], cancellationToken);
        var durations = (await dataSource.QueryAsync(
            DurationSql, reader => (Step: reader.GetString(0), Took: new StepDurations(reader.GetInt32(1), reader.GetDouble(2) / 1000)), [from], cancellationToken))
            .ToLookup(row => row.Step, row => row.Took);
        var counts = counted.ToDictionary(row => (row.Week, row.Step), row => row.Count);
        return Funnel.Of(
            [.. mondays.Select(week => new FunnelWeek(
                week, Of(week, "issued"), Of(week, "sent"), Of(week, "opened"), Of(week, "registered"), Of(week, "approved"), Of(week, "in_rooms")))],
            durations,
            new FunnelWork(All("newcomers"), All("without_human"), TimeSpan.FromSeconds(All("seconds_taken"))),
            options.Value.MinutesByHand);

        int Of(DateOnly week, string step) => counts.GetValueOrDefault((week, step));

        int All(string step) => counted.Where(row => row.Step == step).Sum(row => row.Count);
    }
}
