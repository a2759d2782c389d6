using Companion.Foundation.Outbox;
using FsCheck;
using FsCheck.Fluent;

namespace Companion.Tests.Foundation.Outbox;

public sealed class RetryDelayTests
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Cap = TimeSpan.FromHours(1);

    private static readonly Gen<double> Rolls = Gen.Choose(0, 999_999).Select(n => n / 1_000_000.0);

    [Fact]
    public void A_delay_is_never_negative_and_never_above_the_cap() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(1, int.MaxValue).ToArbitrary(),
        Rolls.ToArbitrary(),
        (attempt, roll) => RetryDelay.FullJitter(attempt, First, Cap, roll) is var delay && delay >= TimeSpan.Zero && delay <= Cap));

    [Fact]
    public void With_the_same_roll_a_later_attempt_never_waits_less() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(1, 100).ToArbitrary(),
        Rolls.ToArbitrary(),
        (attempt, roll) => RetryDelay.FullJitter(attempt + 1, First, Cap, roll) >= RetryDelay.FullJitter(attempt, First, Cap, roll)));

    [Fact]
    public void The_delay_grows_with_the_roll_over_the_whole_range()
    {
        RetryDelay.FullJitter(3, First, Cap, 0).ShouldBe(TimeSpan.Zero);
        RetryDelay.FullJitter(3, First, Cap, 0.5).ShouldBe(TimeSpan.FromSeconds(8));
        RetryDelay.FullJitter(40, First, Cap, 0.999).ShouldBe(Cap * 0.999);
    }

    [Fact]
    public void With_half_a_jitter_at_least_half_of_the_bound_passes()
    {
        RetryDelay.HalfJitter(3, First, Cap, 0).ShouldBe(TimeSpan.FromSeconds(8));
        RetryDelay.HalfJitter(3, First, Cap, 0.5).ShouldBe(TimeSpan.FromSeconds(12));
        RetryDelay.HalfJitter(40, First, Cap, 0).ShouldBe(Cap / 2);
    }
}
