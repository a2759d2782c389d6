using Companion.Community.Approvals;
using Companion.Foundation.Kernel;

namespace Companion.Tests.Community.Approvals;

public sealed class ApprovalDeciderTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly InviteId Invite = new(DeterministicId.From("tests", "invite"));
    private static readonly AccountId Alice = new("alice");
    private static readonly Approver Moritz = Moderator("moritz");
    private static readonly Approver Mona = Moderator("mona");
    private static readonly Approver Max = Moderator("max");

    [Fact]
    public void One_of_one_decides_alone()
    {
        Play(Requested(), Vote(Moritz, true)).Status.ShouldBe(ApprovalStatus.Granted);
        Play(Requested(), Vote(Moritz, false)).Status.ShouldBe(ApprovalStatus.Refused);
    }

    [Fact]
    public void Two_of_three_bear_one_refusal_and_no_second()
    {
        var asked = Requested(Requirement(needed: 2, panel: 3));
        Play(asked, Vote(Moritz, true), Vote(Mona, false)).Status.ShouldBe(ApprovalStatus.Open);
        Play(asked, Vote(Moritz, true), Vote(Mona, false), Vote(Max, true)).Status.ShouldBe(ApprovalStatus.Granted);
        Play(asked, Vote(Moritz, false), Vote(Mona, false)).Status.ShouldBe(ApprovalStatus.Refused);
    }

    [Fact]
    public void A_person_has_one_vote_and_may_change_it_while_it_is_open()
    {
        var asked = Requested(Requirement(needed: 2, panel: 3));
        var once = Play(asked, Vote(Moritz, true), Vote(Moritz, true));
        (once.Status, once.Votes.Count).ShouldBe((ApprovalStatus.Open, 1));
        Decide(once, Vote(Moritz, true)).ShouldBeEmpty();
        Play(once, Vote(Moritz, false), Vote(Mona, false)).Status.ShouldBe(ApprovalStatus.Refused);
    }

    [Fact]
    public void Neither_the_inviter_nor_the_newcomer_decides()
    {
        var asked = Requested();
        Refused(asked, Vote(new Approver(Alice, Moritz.Groups), true)).ShouldBe(ApprovalRefusals.OwnInvitee);
        Refused(asked with { Account = Moritz.Account }, Vote(Moritz, true)).ShouldBe(ApprovalRefusals.OwnInvitee);
    }

    [Fact]
    public void Only_those_whom_a_rule_names_decide_and_only_on_that()
    {
        var asked = Requested(Requirement("rooms", "/elders"), Requirement("domain", "/moderators"));
        Refused(asked, Vote(new Approver(new AccountId("paul"), new HashSet<string> { "/members" }), true)).ShouldBe(ApprovalRefusals.NotApprover);
        var half = Play(asked, Vote(Moritz, true));
        half.Status.ShouldBe(ApprovalStatus.Open);
        half.Votes.ShouldHaveSingleItem().Rules.ShouldBe(["domain"]);
        Play(half, Vote(new Approver(new AccountId("eva"), new HashSet<string> { "/elders/north" }), true)).Status.ShouldBe(ApprovalStatus.Granted);
    }

    [Fact]
    public void One_requirement_that_is_lost_decides_for_all() =>
        Play(Requested(Requirement("rooms", "/elders", needed: 2, panel: 2), Requirement("domain", "/moderators")), Vote(Moritz, false))
            .Status.ShouldBe(ApprovalStatus.Refused);

    [Fact]
    public void Who_takes_a_case_has_it_alone_for_a_while()
    {
        var taken = Play(Requested(Requirement(needed: 2, panel: 3)), new TakeApproval(Moritz));
        Decide(taken, new TakeApproval(Moritz)).ShouldBeEmpty();
        Refused(taken, new TakeApproval(Mona)).ShouldBe(ApprovalRefusals.Taken);
        Refused(taken, Vote(Mona, true)).ShouldBe(ApprovalRefusals.Taken);
        Play(taken, Vote(Moritz, true)).Hold.ShouldBeNull();
        Refused(Play(taken, new DropApproval(Moritz.Account)), Vote(Mona, true)).ShouldBeNull();
        ApprovalDecider.Decide(taken, new TakeApproval(Mona), Now + ApprovalDecider.HoldTime).Events.ShouldHaveSingleItem();
        Decide(taken, new DropApproval(Mona.Account)).ShouldBeEmpty();
    }

    [Fact]
    public void A_question_is_answered_once_and_stops_nobody()
    {
        var asked = Play(Requested(), new AskQuestion(Moritz, 1));
        asked.OpenQuestion.ShouldBe(1);
        var answered = Play(asked, new AnswerQuestion(2));
        answered.OpenQuestion.ShouldBeNull();
        Refused(answered, new AnswerQuestion(3)).ShouldBe(ApprovalRefusals.NoQuestion);
        Play(asked, Vote(Mona, true)).Status.ShouldBe(ApprovalStatus.Granted);
    }

    [Fact]
    public void The_newcomer_adds_a_handful_of_texts_and_answers_beyond_that()
    {
        AccountId anna = new("anna");
        var waiting = Requested() with { Account = anna };
        ApprovalDecider.MayAdd(waiting).ShouldBeTrue();
        var full = Play(waiting, [.. Enumerable.Range(1, ApprovalDecider.MostAdditions).Select(number => new AddNote(anna, number))]);
        (full.Additions, ApprovalDecider.MayAdd(full)).ShouldBe((ApprovalDecider.MostAdditions, false));
        Refused(full, new AddNote(anna, 9)).ShouldBe(ApprovalRefusals.EnoughAdded);

        var asked = Play(full, new AskQuestion(Moritz, 9));
        ApprovalDecider.MayAdd(asked).ShouldBeTrue();
        Play(asked, new AnswerQuestion(10)).Additions.ShouldBe(ApprovalDecider.MostAdditions);
        Play(full, Vote(Moritz, true)).Status.ShouldBe(ApprovalStatus.Granted);
    }

    [Fact]
    public void Nobody_adds_to_somebody_elses_case_or_to_one_that_is_decided()
    {
        AccountId anna = new("anna");
        var waiting = Requested() with { Account = anna };
        Refused(waiting, new AddNote(Moritz.Account, 1)).ShouldBe(ApprovalRefusals.Unknown);
        Refused(Requested(), new AddNote(Alice, 1)).ShouldBe(ApprovalRefusals.Unknown);
        var over = Play(waiting, Vote(Moritz, false));
        Refused(over, new AddNote(anna, 1)).ShouldBe(ApprovalRefusals.Settled);
        ApprovalDecider.MayAdd(over).ShouldBeFalse();
    }

    [Theory]
    [InlineData(DeadlineAction.Deny, ApprovalStatus.Refused)]
    [InlineData(DeadlineAction.Approve, ApprovalStatus.Granted)]
    [InlineData(DeadlineAction.Escalate, ApprovalStatus.Open)]
    public void What_the_rule_says_happens_at_its_deadline(DeadlineAction action, ApprovalStatus status)
    {
        var asked = Requested(Requirement() with { Deadline = TimeSpan.FromDays(3), AtDeadline = action, EscalateTo = "/elders" });
        asked.NextDeadline.ShouldBe(Now.AddDays(3));
        ApprovalDecider.Decide(asked, new CheckDeadlines(), Now.AddDays(3).AddTicks(-1)).Events.ShouldBeEmpty();

        var after = ApprovalDecider.Decide(asked, new CheckDeadlines(), Now.AddDays(3)).Events.Aggregate(asked, Approval.Evolve);
        after.Status.ShouldBe(status);
        after.NextDeadline.ShouldBeNull();
        if (action == DeadlineAction.Escalate)
        {
            Refused(after, Vote(Moritz, true)).ShouldBe(ApprovalRefusals.NotApprover);
            Play(after, Vote(new Approver(new AccountId("eva"), new HashSet<string> { "/elders" }), true)).Status.ShouldBe(ApprovalStatus.Granted);
        }
    }

    [Fact]
    public void An_escalation_to_nobody_denies() =>
        ApprovalDecider.Decide(
                Requested(Requirement() with { Deadline = TimeSpan.FromDays(1), AtDeadline = DeadlineAction.Escalate }),
                new CheckDeadlines(),
                Now.AddDays(1))
            .Events.ShouldHaveSingleItem().ShouldBeOfType<ApprovalRefused>().Place.ShouldBe(ApprovalPlace.Deadline);

    [Fact]
    public void A_requirement_that_is_met_has_no_deadline_any_more()
    {
        var half = Play(
            Requested(Requirement("rooms", "/elders"), Requirement("domain", "/moderators") with { Deadline = TimeSpan.FromDays(1) }), Vote(Moritz, true));
        half.NextDeadline.ShouldBeNull();
        ApprovalDecider.Decide(half, new CheckDeadlines(), Now.AddDays(2)).Events.ShouldBeEmpty();
    }

    [Fact]
    public void What_was_decided_elsewhere_is_decided_and_names_the_person_where_known()
    {
        var granted = Decide(Requested(), new DecideElsewhere(true, Moritz.Account)).ShouldHaveSingleItem().ShouldBeOfType<ApprovalGranted>();
        (granted.By, granted.Place).ShouldBe((Moritz.Account, ApprovalPlace.IdentityProvider));
        Decide(Requested(), new DecideElsewhere(false, null)).ShouldHaveSingleItem().ShouldBeOfType<ApprovalRefused>().By.ShouldBeNull();
    }

    [Fact]
    public void What_is_over_stays_as_it_is()
    {
        foreach (var over in (Approval[])[Play(Requested(), Vote(Moritz, true)), Play(Requested(), Vote(Moritz, false)), Play(Requested(), new CloseApproval("invite_ended"))])
        {
            Refused(over, Vote(Mona, false)).ShouldBe(ApprovalRefusals.Settled);
            Refused(over, new TakeApproval(Mona)).ShouldBe(ApprovalRefusals.Settled);
            Refused(over, new AskQuestion(Mona, 1)).ShouldBe(ApprovalRefusals.Settled);
            Refused(over, new AnswerQuestion(1)).ShouldBe(ApprovalRefusals.Settled);
            Decide(over, new DecideElsewhere(false, null)).ShouldBeEmpty();
            Decide(over, new CloseApproval("account_gone")).ShouldBeEmpty();
            Decide(over, new CheckDeadlines()).ShouldBeEmpty();
            Decide(over, Request(Requirement())).ShouldBeEmpty();
        }
    }

    [Fact]
    public void What_was_never_asked_is_unknown() => Refused(Approval.Initial, Vote(Moritz, true)).ShouldBe(ApprovalRefusals.Unknown);

    private static Approver Moderator(string account) => new(new AccountId(account), new HashSet<string> { "/moderators" });

    private static ApprovalRequirement Requirement(string rule = "rule", string approvers = "/moderators", int needed = 1, int panel = 1) =>
        new(rule, approvers, needed, panel, null, DeadlineAction.Deny, null);

    private static RequestApproval Request(params ApprovalRequirement[] requirements) => new(ApprovalSubject.Invite, Invite, null, Alice, requirements);

    private static Approval Requested(params ApprovalRequirement[] requirements) =>
        Play(Approval.Initial, Request(requirements.Length > 0 ? requirements : [Requirement()]));

    private static CastVote Vote(Approver by, bool approve) => new(by, approve, null);

    private static Approval Play(Approval state, params ApprovalCommand[] commands) =>
        commands.Aggregate(state, (before, command) => Decide(before, command).Aggregate(before, Approval.Evolve));

    private static IReadOnlyList<ApprovalEvent> Decide(Approval state, ApprovalCommand command) => ApprovalDecider.Decide(state, command, Now).Events;

    private static Refusal? Refused(Approval state, ApprovalCommand command) => ApprovalDecider.Decide(state, command, Now).Refusal;
}
