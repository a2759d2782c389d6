using Companion.Community.Pausing;
using Companion.Foundation.Kernel;

namespace Companion.Tests.Community.Pausing;

public sealed class PauseDeciderTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly AccountId Moritz = new("moritz");
    private static readonly AccountId Mona = new("mona");

    [Fact]
    public void A_pause_says_who_and_since_when()
    {
        var paused = Play(Pause.Initial, new PauseInviting(Moritz), Now);

        (paused.IsPaused, paused.By, paused.Since).ShouldBe((true, Moritz, Now));
        Play(paused, new ResumeInviting(Mona), Now.AddHours(1)).ShouldBe(Pause.Initial);
    }

    [Fact]
    public void Pausing_twice_leaves_it_to_the_first_and_going_on_twice_changes_nothing()
    {
        var paused = Play(Pause.Initial, new PauseInviting(Moritz), Now);

        PauseDecider.Decide(paused, new PauseInviting(Mona), Now.AddHours(1)).Events.ShouldBeEmpty();
        PauseDecider.Decide(Pause.Initial, new ResumeInviting(Mona), Now).Events.ShouldBeEmpty();
    }

    private static Pause Play(Pause state, PauseCommand command, DateTimeOffset at) =>
        PauseDecider.Decide(state, command, at).Events.Aggregate(state, Pause.Evolve);
}
