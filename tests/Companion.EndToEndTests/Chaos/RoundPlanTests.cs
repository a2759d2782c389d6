using Sandbox.Chaos;

namespace Companion.EndToEndTests.Chaos;

public sealed class RoundPlanTests
{
    [Fact]
    public void The_same_seed_plays_the_same_faults()
    {
        Plans(17).ShouldBe(Plans(17));
        Plans(17).ShouldNotBe(Plans(18));
    }

    [Fact]
    public void A_hundred_rounds_have_every_kind_of_fault_and_ending_at_every_moment()
    {
        var plans = Enumerable.Range(1, 100).Select(number => RoundPlan.Of(3, number)).ToList();

        plans.Select(plan => plan.Ending).Distinct().Count().ShouldBe(3);
        plans.ShouldAllBe(plan => plan.Faults.Count > 0);
        var faults = plans.SelectMany(plan => plan.Faults).ToList();
        faults.Select(planned => planned.Moment).Distinct().Count().ShouldBe(4);
        faults.Select(planned => planned.Fault.GetType()).Distinct().Count().ShouldBe(8);
        faults.Select(planned => planned.Fault).OfType<Fault.Kill>().Select(kill => kill.Companion).Distinct().Order().ShouldBe([0, 1]);
    }

    private static List<string> Plans(int seed) =>
        [.. Enumerable.Range(1, 20).Select(number => $"{RoundPlan.Of(seed, number).Ending} {string.Join(", ", RoundPlan.Of(seed, number).Faults)}")];
}
