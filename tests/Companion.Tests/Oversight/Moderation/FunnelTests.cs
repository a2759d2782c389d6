using Companion.Oversight.Moderation;

namespace Companion.Tests.Oversight.Moderation;

public sealed class FunnelTests
{
    private static readonly DateTimeOffset Wednesday = new(2026, 11, 18, 10, 0, 0, TimeSpan.Zero);

    private static readonly FunnelMedians NoMedians = new(null, null, null, null, null);

    [Theory]
    [InlineData("2026-11-16T00:00:00Z", "2026-11-16")]
    [InlineData("2026-11-22T23:59:59Z", "2026-11-16")]
    [InlineData("2026-11-23T00:00:00Z", "2026-11-23")]
    [InlineData("2026-11-23T00:30:00+01:00", "2026-11-16")]
    public void Weeks_begin_on_mondays_in_utc(string time, string monday) =>
        Funnel.MondayOf(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture)).ToString("O", null).ShouldBe(monday);

    [Fact]
    public void Weeks_without_invitations_are_there_with_zeros()
    {
        DateOnly second = new(2026, 11, 9);
        var answer = Funnel.Of(
            Funnel.WeeksUntil(Wednesday, 3), new Dictionary<DateOnly, FunnelWeek> { [second] = new(second, 5, 4, 3, 2, 1, 1) }, NoMedians, new(0, 0, default), 10);
        answer.Weeks.Select(week => (week.Week.Day, week.Issued)).ShouldBe([(2, 0), (9, 5), (16, 0)]);
    }

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
        Funnel.Of([], new Dictionary<DateOnly, FunnelWeek>(), new(1, 2, 3, 4, 5), new(0, 0, default), 10).Steps
            .Select(step => (step.Step, step.MedianSeconds))
            .ShouldBe([("sent", 1), ("opened", 2), ("registered", 3), ("approved", 4), ("in_rooms", 5)]);

    private static FunnelAnswer Answer(FunnelWork work, double minutesByHand) =>
        Funnel.Of([], new Dictionary<DateOnly, FunnelWeek>(), NoMedians, work, minutesByHand);
}
