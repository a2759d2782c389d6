using Companion.Foundation.Kernel;

namespace Companion.Journey.Onboarding;

/// <summary>Every reason an onboarding's decider refuses, with its stable code and its sentence.</summary>
public static class OnboardingRefusals
{
    public static Refusal Unknown { get; } = new("problem_unknown", "There is no such problem. Reload the list; it may be solved already.");

    public static Refusal Settled { get; } = new("problem_settled", "This is solved already; reload the list.");

    public static Refusal NotSkippable { get; } = new("problem_not_skippable", "Only a room can be skipped. Repair the cause and try again.");
}
