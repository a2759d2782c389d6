using Companion.Community.Directory;
using Companion.Community.Pausing;
using Companion.Foundation.Kernel;
using Companion.Journey.Invites;
using Companion.Journey.Landing;

namespace Companion.Tests.Journey.Invites;

public sealed class InviteStandingTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 1, 9, 0, 0, TimeSpan.Zero);

    private static readonly Membership Crew = new("harbour", "Crew");

    private static readonly Refusal Pause = PauseRefusals.Paused("Back on Monday.");

    private readonly Invite _invite = Issued();

    [Fact]
    public void Whoever_may_still_give_all_of_it_stands_behind_an_invite() => With(SampleInvites.Rights(memberships: [Crew])).Obstacle(_invite).ShouldBeNull();

    [Fact]
    public void A_right_that_was_lost_ends_the_invite_for_its_holder() => With(SampleInvites.Rights()).Obstacle(_invite).ShouldBe(InviteRefusals.InviterGone);

    [Fact]
    public void So_does_a_freeze() =>
        With(SampleInvites.Rights(memberships: [Crew]) with { IsFrozen = true }).Obstacle(_invite).ShouldBe(InviteRefusals.InviterGone);

    [Fact]
    public void A_pause_holds_it() => (With(SampleInvites.Rights(memberships: [Crew])) with { Paused = Pause }).Obstacle(_invite).ShouldBe(Pause);

    [Fact]
    public void Whoever_has_no_rights_any_more_does_not_wait_for_the_end_of_a_pause() =>
        (With(SampleInvites.Rights()) with { Paused = Pause }).Obstacle(_invite).ShouldBe(InviteRefusals.InviterGone);

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "inviter_gone")]
    public void While_nobody_knows_the_rights_only_a_freeze_counts(bool frozen, string? code) =>
        ((With(InviteRights.None with { IsFrozen = frozen }) with { IsKnown = false }).Obstacle(_invite)?.Code).ShouldBe(code);

    [Fact]
    public void The_landing_page_says_so_before_anybody_fills_in_a_form()
    {
        LandingStates.Of(_invite, 1, With(SampleInvites.Rights(memberships: [Crew])), Now).ShouldBe(LandingState.Good);
        LandingStates.Of(_invite, 1, With(SampleInvites.Rights()), Now).ShouldBe(LandingState.Gone);
        LandingStates.Of(_invite, 1, With(SampleInvites.Rights(memberships: [Crew])) with { Paused = Pause }, Now).ShouldBe(LandingState.Paused);
        LandingStates.Of(_invite, 1, With(InviteRights.None) with { IsKnown = false }, Now).ShouldBe(LandingState.Good);
    }

    private static InviteStanding With(InviteRights rights) => new(null, rights, null);

    private static Invite Issued()
    {
        var command = SampleInvites.Issue(Guid.CreateVersion7()) with
        {
            Memberships = [Crew],
            Facts = SampleInvites.Facts with { Rights = SampleInvites.Rights(memberships: [Crew]) },
        };
        return InviteDecider.Decide(Invite.Initial, command, Now).Events.Aggregate(Invite.Initial, Invite.Evolve);
    }
}
