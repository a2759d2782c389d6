using Companion.Delivery;

namespace Companion.Tests.Delivery;

public sealed class WordedDateTests
{
    private static readonly DateTimeOffset Time = new(2026, 3, 6, 0, 5, 0, TimeSpan.FromHours(1));

    [Fact]
    public void Dates_are_words_in_english() => WordedDate.InFull(Time, "en").ShouldBe("Thursday, 5 March 2026, 23:05 UTC");

    [Fact]
    public void Dates_are_words_in_german() => WordedDate.InFull(Time, "de").ShouldBe("Donnerstag, 5. März 2026, 23:05 Uhr (UTC)");
}
