using Companion.Community.Approvals;
using Companion.Foundation.Kernel;

namespace Companion.Tests.Community.Approvals;

public sealed class DecisionTimeTests
{
    private static readonly DateTimeOffset Taken = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly AccountId Moritz = new("moritz");
    private static readonly Hold Hold = new(Moritz, Taken + ApprovalDecider.HoldTime, Taken);

    [Fact]
    public void It_runs_from_taking_a_case_to_the_vote() => Minutes(Hold, Moritz, 4).ShouldBe(4);

    [Fact]
    public void It_is_no_longer_than_a_case_is_kept() => Minutes(Hold, Moritz, 300).ShouldBe(15);

    [Fact]
    public void A_vote_on_a_case_that_one_did_not_take_is_a_minute()
    {
        Minutes(null, Moritz, 4).ShouldBe(1);
        Minutes(Hold, new AccountId("mona"), 20).ShouldBe(1);
        Minutes(Hold with { Since = null }, Moritz, 4).ShouldBe(1);
    }

    private static double Minutes(Hold? hold, AccountId voter, int after) => DecisionTime.Of(hold, voter, Taken.AddMinutes(after)).TotalMinutes;
}
