using Companion.Community.Directory;
using Companion.Journey.Onboarding;
using FsCheck;
using FsCheck.Fluent;
using State = Companion.Journey.Onboarding.Onboarding;

namespace Companion.Tests.Journey.Onboarding;

/// <summary>Outcomes come in any order and more than once; the end is the same, and nothing is told or completed twice.</summary>
public sealed class OnboardingConvergenceTests
{
    private static readonly OnboardingCommand[] Outcomes =
    [
        OnboardingDeciderTests.Granted(),
        OnboardingDeciderTests.Account(),
        OnboardingDeciderTests.Parked(OnboardingDeciderTests.Rooms[0]),
        OnboardingDeciderTests.Joined(OnboardingDeciderTests.Rooms[0]),
        new RecordRoom(OnboardingDeciderTests.Rooms[1], 1, RoomStatus.Blocked, "banned", null),
        new RecordRoom(OnboardingDeciderTests.Rooms[1], 1, RoomStatus.Skipped, "inviter_not_in_room", null),
        new RecordWelcome(null),
    ];

    [Fact]
    public void Any_order_of_outcomes_ends_the_same_and_nothing_happens_twice()
    {
        var orders = Gen.Shuffle(Outcomes.Concat(Outcomes).ToArray());
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(orders.ToArbitrary(), EndsWell));
    }

    private static bool EndsWell(OnboardingCommand[] order)
    {
        var state = OnboardingDeciderTests.Started();
        List<OnboardingEvent> all = [];
        foreach (var command in order)
        {
            var events = OnboardingDeciderTests.Decide(state, command);
            all.AddRange(events);
            state = events.Aggregate(state, State.Evolve);
        }

        return state.Status == OnboardingStatus.Completed
            && state.Room(OnboardingDeciderTests.Rooms[0])!.Status == RoomStatus.Joined
            && all.Count(e => e is InviterTold) == 1
            && all.Count(e => e is OnboardingCompleted) == 1
            && all.Count(e => e is WelcomeSent) == 1
            && all.Count(e => e is RoomJoined) == 1;
    }
}
