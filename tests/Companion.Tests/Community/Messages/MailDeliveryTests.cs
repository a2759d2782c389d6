using Companion.Community.Messages;

namespace Companion.Tests.Community.Messages;

public sealed class MailDeliveryTests
{
    [Fact]
    public void Only_what_a_deferral_makes_a_mail_wait_counts_as_deferral()
    {
        var start = new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
        MailAttempt At(double hours, string outcome) => new(1, start.AddHours(hours), outcome);

        MailDelivery.DeferredFor([], start).ShouldBe(TimeSpan.Zero);
        MailDelivery.DeferredFor([At(0, "Deferred"), At(1, "NotSent"), At(3, "ChannelRefused")], start.AddHours(90)).ShouldBe(TimeSpan.FromHours(3));
        MailDelivery.DeferredFor([At(0, "ChannelRefused"), At(80, "Unknown"), At(81, "Deferred")], start.AddHours(82)).ShouldBe(TimeSpan.FromHours(1));
        MailDelivery.DeferredFor([At(0, "Deferred")], start.AddHours(90)).ShouldBe(TimeSpan.FromHours(4), "the channel was closed by another mail");
    }

    [Fact]
    public void Pauses_grow_from_a_minute_to_hours_and_never_shrink_below_half()
    {
        var shortest = Enumerable.Range(1, 30).Select(attempt => MailDelivery.PauseAfter(attempt, 0)).ToList();

        shortest[0].ShouldBe(TimeSpan.FromMinutes(1));
        shortest.ShouldBe(shortest.Order());
        shortest[^1].ShouldBe(TimeSpan.FromHours(2));
        MailDelivery.PauseAfter(30, 1).ShouldBe(TimeSpan.FromHours(4));
    }
}
