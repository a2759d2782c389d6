using Companion.Community.Messages;

namespace Companion.Tests.Community.Messages;

public sealed class WordedDateTests
{
    private static readonly DateTimeOffset Time = new(2026, 3, 6, 0, 5, 0, TimeSpan.FromHours(1));

    [Fact]
    public void Dates_are_words_in_english() => WordedDate.InFull(Time, "en").ShouldBe("Thursday, 5 March 2026, 23:05 UTC");

    [Fact]
    public void Dates_are_words_in_german() => WordedDate.InFull(Time, "de").ShouldBe("Donnerstag, 5. März 2026, 23:05 Uhr (UTC)");

    [Theory]
    [InlineData(48, "in two days", "in zwei Tagen")]
    [InlineData(47, "in two days", "in zwei Tagen")]
    [InlineData(72, "in 3 days", "in 3 Tagen")]
    [InlineData(24, "in 24 hours", "in 24 Stunden")]
    [InlineData(2, "in two hours", "in zwei Stunden")]
    [InlineData(1, "in one hour", "in einer Stunde")]
    [InlineData(0, "in one hour", "in einer Stunde")]
    public void What_is_left_is_said_in_days_and_near_the_end_in_hours(int hours, string english, string german)
    {
        WordedDate.Left(TimeSpan.FromHours(hours), "en").ShouldBe(english);
        WordedDate.Left(TimeSpan.FromHours(hours), "de").ShouldBe(german);
    }
}
