using Companion.Oversight.Moderation;

namespace Companion.Tests.Oversight.Moderation;

public sealed class FunnelTests
{
    private static readonly DateTimeOffset Wednesday = new(2026, 11, 18, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11-16T00:00:00Z", "2026-11-16")]
    [InlineData("2026-11-22T23:59:59Z", "2026-11-16")]
    [InlineData("2026-11-23T00:00:00Z", "2026-11-23")]
    [InlineData("2026-11-23T00:30:00+01:00", "2026-11-16")]
    public void Weeks_begin_on_mondays_in_utc(string time, string monday) =>
        Funnel.MondayOf(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture)).ToString("O", null).ShouldBe(monday);

    [Fact]
    public void The_last_week_is_this_one() =>
        Funnel.WeeksUntil(Wednesday, 3).Select(week => week.Day).ShouldBe([2, 9, 16]);

    [Fact]
    public void What_was_saved_is_the_work_by_hand_without_the_work_that_was_measured()
    {
        var answer = Answer(new FunnelWork(4, 3, TimeSpan.FromMinutes(6)), 10);
        (answer.WithoutHuman, answer.ModeratorMinutesPerNewcomer, answer.ModeratorMinutesSaved).ShouldBe((0.75, 1.5, 34));
    }

    [Fact]
    public void More_work_than_by_hand_is_said_too() => Answer(new FunnelWork(1, 0, TimeSpan.FromMinutes(15)), 10).ModeratorMinutesSaved.ShouldBe(-5);

    [Fact]
    public void Without_newcomers_nothing_is_claimed()
    {
        var answer = Answer(new FunnelWork(0, 0, TimeSpan.FromMinutes(6)), 10);
        (answer.WithoutHuman, answer.ModeratorMinutesPerNewcomer, answer.ModeratorMinutesSaved).ShouldBe((null, null, null));
    }

    [Fact]
    public void Steps_come_in_their_order() =>
        Answer(new FunnelWork(0, 0, default), 10).Steps.Select(step => (step.Step, step.MedianSeconds))
            .ShouldBe([("sent", null), ("opened", null), ("registered", null), ("approved", null), ("in_rooms", null)]);

    [Theory]
    [InlineData(5.0, 1)]
    [InlineData(10.0, 1, 1)]
    [InlineData(10.0, 3, 3)]
    [InlineData(15.0, 1, 5)]
    [InlineData(15.0, 1, 2, 1)]
    public void The_median_is_the_mean_of_those_alike_in_the_middle(double expected, params int[] counts)
    {
        var durations = counts.Select((count, i) => ("sent", new StepDurations(count, count * 10 * (i + 0.5)))).ToLookup(pair => pair.Item1, pair => pair.Item2);
        Funnel.Of([], durations, new FunnelWork(0, 0, default), 10).Steps[0].MedianSeconds.ShouldBe(expected);
    }

    private static FunnelAnswer Answer(FunnelWork work, double minutesByHand) =>
        Funnel.Of([], Enumerable.Empty<StepDurations>().ToLookup(_ => ""), work, minutesByHand);
}
