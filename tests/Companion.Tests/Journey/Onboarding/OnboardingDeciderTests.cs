using Companion.Community.Directory;
using Companion.Foundation.Kernel;
using Companion.Journey.Onboarding;
using State = Companion.Journey.Onboarding.Onboarding;

namespace Companion.Tests.Journey.Onboarding;

public sealed class OnboardingDeciderTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly AccountId Anna = new("anna");
    private static readonly AccountId Moderator = new("moderator");
    private static readonly RoomId General = new("!general");
    private static readonly RoomId Events = new("!events");

    [Fact]
    public void Starting_twice_changes_nothing() => Decide(Started(), Begin()).ShouldBeEmpty();

    [Fact]
    public void A_newcomer_with_everything_done_completes_and_the_inviter_is_told_once()
    {
        var state = Play(Started(), Granted(), Account(), Joined(General), Joined(Events), new RecordWelcome(null));
        state.Status.ShouldBe(OnboardingStatus.Completed);
        state.Told.ShouldBeTrue();
    }

    [Fact]
    public void Nothing_counts_before_the_approval()
    {
        var waiting = Started(awaitingApproval: true);
        Decide(waiting, Granted()).ShouldBeEmpty();
        Decide(waiting, Account()).ShouldBeEmpty();
        Decide(waiting, Joined(General)).ShouldBeEmpty();
        Decide(waiting, new SettleApproval(new AccountId("other"), true)).ShouldBeEmpty();
        Decide(waiting, new SettleApproval(Anna, true)).ShouldHaveSingleItem().ShouldBeOfType<OnboardingApproved>();
    }

    [Fact]
    public void A_denied_onboarding_is_over()
    {
        var state = Play(Started(awaitingApproval: true), new SettleApproval(Anna, false));
        state.Status.ShouldBe(OnboardingStatus.Denied);
        Decide(state, new SettleApproval(Anna, true)).ShouldBeEmpty();
    }

    [Fact]
    public void A_parked_room_holds_up_completion_and_nothing_else()
    {
        var state = Play(Started(), Granted(), Account(), Joined(General), Parked(Events), new RecordWelcome(null));
        state.Status.ShouldBe(OnboardingStatus.Running);
        state.Told.ShouldBeTrue();
        Play(state, Joined(Events)).Status.ShouldBe(OnboardingStatus.Completed);
    }

    [Fact]
    public void The_same_obstacle_is_recorded_once() => Decide(Play(Started(), Parked(General)), Parked(General)).ShouldBeEmpty();

    [Fact]
    public void A_moderator_retries_what_is_stuck_and_late_reports_of_the_old_try_are_void()
    {
        var state = Play(Started(), Parked(General), new RetryRoom(General, Moderator));
        state.Room(General)!.Status.ShouldBe(RoomStatus.Pending);
        state.Room(General)!.Generation.ShouldBe(2);
        Decide(state, Parked(General)).ShouldBeEmpty();
    }

    [Fact]
    public void A_moderator_skips_a_parked_room()
    {
        var state = Play(Started(), Parked(General), new SkipRoom(General, Moderator));
        state.Room(General)!.Status.ShouldBe(RoomStatus.Skipped);
        Refusal(state, new SkipRoom(General, Moderator)).ShouldBe(OnboardingRefusals.Settled);
    }

    [Fact]
    public void What_is_not_stuck_is_not_retried()
    {
        Refusal(Started(), new RetryRoom(General, Moderator)).ShouldBe(OnboardingRefusals.Settled);
        Refusal(Started(), new RetryMemberships(Moderator)).ShouldBe(OnboardingRefusals.Settled);
        Refusal(State.Initial, new RetryChatAccount(Moderator)).ShouldBe(OnboardingRefusals.Unknown);
    }

    [Fact]
    public void Without_a_chat_account_the_rooms_are_skipped_and_it_completes()
    {
        var state = Play(Started(), Granted(), new RecordChatAccount(1, StepStatus.Unavailable, "no_chat_server"));
        state.Rooms.ShouldAllBe(room => room.Status == RoomStatus.Skipped && room.Code == "no_chat_server");
        state.Status.ShouldBe(OnboardingStatus.Completed);
    }

    [Fact]
    public void A_member_is_told_when_the_memberships_are_there_and_the_inviter_never()
    {
        var started = Started(kind: OnboardingKind.Member);
        Decide(started, Granted()).Select(e => e.GetType()).ShouldBe([typeof(MembershipsGranted), typeof(MemberTold)]);
    }

    [Fact]
    public void A_person_who_has_not_signed_in_to_the_chat_yet_is_no_problem()
    {
        var state = Play(Started(), new RecordChatAccount(1, StepStatus.Stuck, ChatAccountAnswer.NotThereYet));
        OnboardingProblem.Of(state).ShouldBeEmpty();
        OnboardingProblem.Of(Play(Started(), new RecordChatAccount(1, StepStatus.Stuck, "chat_link_stale"))).Count.ShouldBe(1);
    }

    [Fact]
    public void One_cause_is_the_same_for_everybody_it_holds_up()
    {
        var (anna, ben) = (Play(Started(), Parked(General)), Play(Started(account: "ben"), Parked(General)));
        OnboardingProblem.Of(anna)[0].Cause.ShouldBe(OnboardingProblem.Of(ben)[0].Cause);
        OnboardingProblem.Of(anna)[0].Id.ShouldNotBe(OnboardingProblem.Of(ben)[0].Id);
        OnboardingProblem.Of(Play(Started(), Parked(Events)))[0].Cause.ShouldNotBe(OnboardingProblem.Of(anna)[0].Cause);
    }

    internal static State Started(OnboardingKind kind = OnboardingKind.Newcomer, bool awaitingApproval = false, string account = "anna") =>
        Play(State.Initial, Begin(kind, awaitingApproval, account));

    internal static State Play(State state, params OnboardingCommand[] commands) =>
        commands.Aggregate(state, (current, command) => Decide(current, command).Aggregate(current, State.Evolve));

    internal static IReadOnlyList<OnboardingEvent> Decide(State state, OnboardingCommand command)
    {
        var decision = OnboardingDecider.Decide(state, command, Now);
        decision.Refusal.ShouldBeNull();
        return decision.Events;
    }

    internal static RecordMemberships Granted() => new(1, null);

    internal static RecordChatAccount Account() => new(1, StepStatus.Done, null);

    internal static RecordRoom Joined(RoomId room) => new(room, 1, RoomStatus.Joined, null, null);

    internal static RecordRoom Parked(RoomId room) => new(room, 1, RoomStatus.Parked, "bot_not_in_room", null);

    internal static RoomId[] Rooms => [General, Events];

    private static Refusal Refusal(State state, OnboardingCommand command) =>
        OnboardingDecider.Decide(state, command, Now).Refusal.ShouldNotBeNull();

    private static BeginOnboarding Begin(OnboardingKind kind = OnboardingKind.Newcomer, bool awaitingApproval = false, string account = "anna")
    {
        InviteId invite = new(Guid.CreateVersion7(Now));
        return new BeginOnboarding(
            OnboardingId.Of(invite), invite, new AccountId(account), new AccountId("alice"), kind, [new Membership(null, "/members")], [General, Events], [], "en", awaitingApproval);
    }
}
