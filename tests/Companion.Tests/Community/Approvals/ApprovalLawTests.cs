using Companion.Community.Approvals;
using Companion.Foundation.Kernel;
using FsCheck;
using FsCheck.Fluent;

namespace Companion.Tests.Community.Approvals;

/// <summary>What holds of every case, whoever does what in whatever order.</summary>
public sealed class ApprovalLawTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    private static readonly AccountId Inviter = new("alice");

    private static readonly AccountId Newcomer = new("nora");

    /// <summary>Both are in the moderators' group too, so only the rule keeps them out.</summary>
    private static readonly Approver[] People =
    [
        Of(Inviter, "/moderators", "/elders"),
        Of(Newcomer, "/moderators"),
        Of(new("moritz"), "/moderators"),
        Of(new("mona"), "/moderators/north"),
        Of(new("max"), "/moderators", "/elders"),
        Of(new("eva"), "/elders"),
        Of(new("paul"), "/members"),
    ];

    private static readonly Func<Approver, ApprovalCommand>[] Acts =
    [
        by => new CastVote(by, true, null),
        by => new CastVote(by, false, 1),
        by => new TakeApproval(by),
        by => new DropApproval(by.Account),
        by => new AskQuestion(by, 2),
        _ => new AnswerQuestion(3),
        _ => new CheckDeadlines(),
    ];

    private static readonly Gen<Step> Steps = Gen.Elements<Step>(
        [
            .. from person in People
               from act in Acts
               from minutes in (int[])[1, 20, 900]
               select new Step(act(person), TimeSpan.FromMinutes(minutes)),
        ]);

    [Fact]
    public void Nobody_decides_on_the_own_invitee_and_nobody_twice() => Always((state, events) =>
    {
        events.OfType<ApprovalVoteCast>().ShouldAllBe(vote => vote.By != Inviter && vote.By != Newcomer);
        state.Votes.Select(vote => vote.By).ShouldBeUnique();
    });

    [Fact]
    public void It_ends_once_and_nothing_follows() => Always((state, events) =>
    {
        var ends = events.Count(IsEnd);
        ends.ShouldBe(state.Status == ApprovalStatus.Open ? 0 : 1);
        (ends == 0 || IsEnd(events[^1])).ShouldBeTrue();
    });

    [Fact]
    public void Who_was_let_in_has_enough_approvals_of_the_right_people_for_every_rule() => Always((state, events) =>
    {
        if (events is [.., ApprovalGranted])
        {
            state.Requirements.ShouldAllBe(requirement => requirement.IsWaived || state.Votes.Count(vote =>
                vote.Approve && IsAsked(requirement, PersonOf(vote.By))) >= requirement.Asked.Needed);
        }
    });

    [Fact]
    public void Who_was_refused_by_people_can_not_be_approved_any_more() => Always((state, events) =>
    {
        if (events is [.., ApprovalRefused { Place: ApprovalPlace.Here }])
        {
            state.Requirements.ShouldContain(requirement =>
                state.Votes.Count(vote => !vote.Approve && vote.Rules.Contains(requirement.Asked.Rule)) > requirement.Asked.Panel - requirement.Asked.Needed);
        }
    });

    [Fact]
    public void Who_works_on_a_case_keeps_it_from_everybody_else() => Always((_, events) =>
    {
        Approval before = Approval.Initial;
        foreach (var @event in events)
        {
            if (@event is ApprovalVoteCast vote && before.Hold is { } hold && vote.At < hold.Until)
            {
                vote.By.ShouldBe(hold.By);
            }

            before = Approval.Evolve(before, @event);
        }
    });

    private static void Always(Action<Approval, IReadOnlyList<ApprovalEvent>> law) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(30),
        Prop.ForAll(Steps.ListOf().ToArbitrary(), history =>
        {
            var (state, now) = (Approval.Initial, Start);
            List<ApprovalEvent> events = [];
            foreach (var step in history.Prepend(new Step(Request, TimeSpan.Zero)))
            {
                now += step.After;
                var decided = ApprovalDecider.Decide(state, step.Command, now).Events;
                events.AddRange(decided);
                state = decided.Aggregate(state, Approval.Evolve);
            }

            law(state, events);
        }));

    private static RequestApproval Request { get; } = new(
        ApprovalSubject.Newcomer,
        new InviteId(DeterministicId.From("tests", "invite")),
        Newcomer,
        Inviter,
        [
            new ApprovalRequirement("domain", "/moderators", 2, 3, TimeSpan.FromDays(3), DeadlineAction.Escalate, "/elders"),
            new ApprovalRequirement("rooms", "/elders", 1, 1, TimeSpan.FromDays(5), DeadlineAction.Approve, null),
        ]);

    private static bool IsEnd(ApprovalEvent @event) => @event is ApprovalGranted or ApprovalRefused or ApprovalClosed;

    /// <summary>An approval from before an escalation still counts.</summary>
    private static bool IsAsked(RequirementProgress requirement, Approver person) => person.Groups.Any(group =>
        GroupPath.Covers(requirement.Approvers, group) || GroupPath.Covers(requirement.Asked.Approvers, group));

    private static Approver PersonOf(AccountId account) => People.Single(person => person.Account == account);

    private static Approver Of(AccountId account, params string[] groups) => new(account, groups.ToHashSet(StringComparer.Ordinal));

    private sealed record Step(ApprovalCommand Command, TimeSpan After);
}
