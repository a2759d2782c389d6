namespace Companion.Oversight.Moderation;

/// <summary>The arithmetic of the funnel. Pure.</summary>
internal static class Funnel
{
    private static readonly string[] Steps = ["sent", "opened", "registered", "approved", "in_rooms"];

    /// <summary>The first day of a week, in UTC.</summary>
    public static DateOnly MondayOf(DateTimeOffset time)
    {
        var day = DateOnly.FromDateTime(time.UtcDateTime);
        return day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
    }

    /// <summary>The weeks up to this one, oldest first.</summary>
    public static IReadOnlyList<DateOnly> WeeksUntil(DateTimeOffset now, int count) =>
        [.. Enumerable.Range(0, count).Select(week => MondayOf(now).AddDays(7 * (week - count + 1)))];

    /// <param name="durations">By step, the shortest first.</param>
    /// <param name="minutesByHand">What one newcomer takes where all is done by hand.</param>
    public static FunnelAnswer Of(
        IReadOnlyList<FunnelWeek> weeks, ILookup<string, StepDurations> durations, FunnelWork work, double minutesByHand) => new(
        weeks,
        [.. Steps.Select(step => new FunnelStep(step, Median([.. durations[step]])))],
        work.Newcomers == 0 ? null : (double)work.WithoutHuman / work.Newcomers,
        work.Newcomers == 0 ? null : work.Taken.TotalMinutes / work.Newcomers,
        work.Newcomers == 0 ? null : work.Newcomers * minutesByHand - work.Taken.TotalMinutes);

    /// <summary>Of all that took about as long, their mean stands for each.</summary>
    private static double? Median(IReadOnlyList<StepDurations> durations)
    {
        var count = durations.Sum(alike => alike.Count);
        return count == 0 ? null : (At((count - 1) / 2) + At(count / 2)) / 2;

        double At(int place)
        {
            var alike = durations.First(alike => (place -= alike.Count) < 0);
            return alike.Seconds / alike.Count;
        }
    }
}

/// <summary>Invitations in which a step took about as long.</summary>
/// <param name="Seconds">All together.</param>
internal sealed record StepDurations(int Count, double Seconds);

/// <param name="Newcomers">Who registered in the weeks asked for.</param>
/// <param name="WithoutHuman">Those on whom nobody had to decide.</param>
/// <param name="Taken">What decisions that were asked for in these weeks took those who voted.</param>
internal sealed record FunnelWork(int Newcomers, int WithoutHuman, TimeSpan Taken);

/// <summary>How invitations become people in rooms.</summary>
/// <param name="Weeks">Oldest first, this one last.</param>
/// <param name="Steps">In their order.</param>
/// <param name="WithoutHuman">Share (0 to 1) of those who registered in these weeks on whom nobody had to decide; null where nobody registered.</param>
/// <param name="ModeratorMinutesPerNewcomer">From taking cases to voting, a minute for votes on cases that were not taken; null where nobody registered.</param>
/// <param name="ModeratorMinutesSaved">Against Approvals:MinutesByHand for each of them; null where nobody registered.</param>
internal sealed record FunnelAnswer(
    IReadOnlyList<FunnelWeek> Weeks,
    IReadOnlyList<FunnelStep> Steps,
    double? WithoutHuman,
    double? ModeratorMinutesPerNewcomer,
    double? ModeratorMinutesSaved);

/// <summary>How many of a week's invitations ever got at least so far.</summary>
/// <param name="Week">The Monday (UTC) of the week of issue.</param>
/// <param name="Opened">Somebody went on from its page to the registration.</param>
/// <param name="Approved">Let in, by a human or because none had to decide.</param>
/// <param name="InRooms">In a room or asked into one; where it names no rooms, with all done.</param>
internal sealed record FunnelWeek(DateOnly Week, int Issued, int Sent, int Opened, int Registered, int Approved, int InRooms);

/// <param name="Step">sent, opened, registered, approved or in_rooms.</param>
/// <param name="MedianSeconds">From the step before, of the invitations of these weeks, within a few percent; null where none took it.</param>
internal sealed record FunnelStep(string Step, double? MedianSeconds);
