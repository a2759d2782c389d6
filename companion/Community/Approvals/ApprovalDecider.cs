using ApprovalDecision = Companion.Foundation.Kernel.Decision<Companion.Community.Approvals.ApprovalEvent>;

namespace Companion.Community.Approvals;

/// <summary>The rules of deciding together. Pure: the same state, command and time give the same answer.</summary>
public static class ApprovalDecider
{
    /// <summary>Who takes a case and goes away keeps it from the others this long.</summary>
    public static readonly TimeSpan HoldTime = TimeSpan.FromMinutes(15);

    /// <summary>Moderators have to read all of it.</summary>
    public const int MostAdditions = 5;

    public static ApprovalDecision Decide(Approval state, ApprovalCommand command, DateTimeOffset now) => command switch
    {
        RequestApproval c => state.Status == ApprovalStatus.None
            ? ApprovalDecision.Accept(new ApprovalRequested(
                ApprovalId.Of(c.InviteId, c.Subject), c.Subject, c.InviteId, c.Account, c.Inviter, c.Requirements, now))
            : ApprovalDecision.Nothing,
        _ when state.Status == ApprovalStatus.None => ApprovalDecision.Refuse(ApprovalRefusals.Unknown),
        TakeApproval c => ByApprover(state, c.By, now, _ => IsHeldBy(state, c.By.Account, now)
            ? []
            : [new ApprovalTaken(new(state.Id), c.By.Account, now + HoldTime, now)]),
        DropApproval c => state.Hold?.By == c.By
            ? ApprovalDecision.Accept(new ApprovalDropped(new(state.Id), c.By, now))
            : ApprovalDecision.Nothing,
        CastVote c => ByApprover(state, c.By, now, rules => Vote(state, c, rules, now)),
        AskQuestion c => ByApprover(state, c.By, now, _ => [new ApprovalQuestionAsked(new(state.Id), c.By.Account, c.Note, now)]),
        AnswerQuestion c => state switch
        {
            { Status: not ApprovalStatus.Open } => ApprovalDecision.Refuse(ApprovalRefusals.Settled),
            { OpenQuestion: null } => ApprovalDecision.Refuse(ApprovalRefusals.NoQuestion),
            _ => ApprovalDecision.Accept(new ApprovalQuestionAnswered(new(state.Id), c.Note, now)),
        },
        AddNote c => state switch
        {
            _ when state.Account != c.By => ApprovalDecision.Refuse(ApprovalRefusals.Unknown),
            { Status: not ApprovalStatus.Open } => ApprovalDecision.Refuse(ApprovalRefusals.Settled),
            { Additions: >= MostAdditions } => ApprovalDecision.Refuse(ApprovalRefusals.EnoughAdded),
            _ => ApprovalDecision.Accept(new ApprovalNoteAdded(new(state.Id), c.Note, now)),
        },
        CheckDeadlines => state.Status == ApprovalStatus.Open ? ApprovalDecision.Accept(Overdue(state, now)) : ApprovalDecision.Nothing,
        DecideElsewhere c => Unless(state.Status != ApprovalStatus.Open, End(state, c.Approve, c.By, ApprovalPlace.IdentityProvider, null, now)),
        CloseApproval c => Unless(state.Status != ApprovalStatus.Open, new ApprovalClosed(new(state.Id), c.Code, now)),
        _ => throw new InvalidOperationException($"Unknown approval command {command.GetType().Name}."),
    };

    /// <summary>Whether a text of whom it is about would be taken.</summary>
    public static bool MayAdd(Approval state) =>
        state.Status == ApprovalStatus.Open && (state.OpenQuestion is not null || state.Additions < MostAdditions);

    /// <summary>Why this person can't decide here; null for one who can.</summary>
    public static Refusal? Obstacle(Approval state, Approver by, DateTimeOffset now) =>
        state.Status != ApprovalStatus.Open ? ApprovalRefusals.Settled
        : !MayDecide(state, by.Account) ? ApprovalRefusals.OwnInvitee
        : RulesOf(state, by).Count == 0 ? ApprovalRefusals.NotApprover
        : state.Hold is { } hold && hold.By != by.Account && now < hold.Until ? ApprovalRefusals.Taken
        : null;

    /// <summary>Neither who brought the person nor the person, whatever groups they are in.</summary>
    internal static bool MayDecide(Approval state, AccountId account) => account != state.Inviter && account != state.Account;

    private static ApprovalDecision ByApprover(
        Approval state, Approver by, DateTimeOffset now, Func<IReadOnlyList<string>, IReadOnlyList<ApprovalEvent>> act) =>
        Obstacle(state, by, now) is { } refusal ? ApprovalDecision.Refuse(refusal) : ApprovalDecision.Accept(act(RulesOf(state, by)));

    private static List<string> RulesOf(Approval state, Approver by) =>
    [
        .. state.Requirements
            .Where(requirement => by.Groups.Any(group => GroupPath.Covers(requirement.Approvers, group)))
            .Select(requirement => requirement.Asked.Rule),
    ];

    private static List<ApprovalEvent> Vote(Approval state, CastVote command, IReadOnlyList<string> rules, DateTimeOffset now)
    {
        if (state.Votes.Any(vote => vote.By == command.By.Account && vote.Approve == command.Approve && rules.All(vote.Rules.Contains)))
        {
            return [];
        }

        ApprovalVoteCast vote = new(new(state.Id), command.By.Account, command.Approve, rules, command.Note, now);
        var after = Approval.Evolve(state, vote);
        return Outcome(after) is { } approve
            ? [vote, End(after, approve, command.By.Account, ApprovalPlace.Here, command.Note, now)]
            : [vote];
    }

    private static List<ApprovalEvent> Overdue(Approval state, DateTimeOffset now)
    {
        List<ApprovalEvent> events = [];
        foreach (var requirement in state.Requirements.Where(requirement => requirement.DueAt <= now && !requirement.IsMet(state.Votes)))
        {
            var asked = requirement.Asked;
            switch (asked.AtDeadline)
            {
                case DeadlineAction.Approve:
                    events.Add(new ApprovalWaived(new(state.Id), asked.Rule, now));
                    break;
                case DeadlineAction.Escalate when asked.EscalateTo is { } others:
                    events.Add(new ApprovalEscalated(new(state.Id), asked.Rule, others, now));
                    break;
                default:
                    return [End(state, false, null, ApprovalPlace.Deadline, null, now)];
            }
        }

        return Outcome(events.Aggregate(state, Approval.Evolve)) is true
            ? [.. events, End(state, true, null, ApprovalPlace.Deadline, null, now)]
            : events;
    }

    /// <returns>Null while it is open; one requirement that can't be met any more decides for all.</returns>
    private static bool? Outcome(Approval state) =>
        state.Requirements.Any(requirement => requirement.IsLost(state.Votes)) ? false
        : state.Requirements.All(requirement => requirement.IsMet(state.Votes)) ? true
        : null;

    private static ApprovalEvent End(Approval state, bool approve, AccountId? by, ApprovalPlace place, int? note, DateTimeOffset now) => approve
        ? new ApprovalGranted(new(state.Id), by, place, now)
        : new ApprovalRefused(new(state.Id), by, place, note, now);

    private static bool IsHeldBy(Approval state, AccountId account, DateTimeOffset now) => state.Hold is { } hold && hold.By == account && now < hold.Until;

    private static ApprovalDecision Unless(bool isVoid, ApprovalEvent @event) => isVoid ? ApprovalDecision.Nothing : ApprovalDecision.Accept(@event);
}

/// <summary>What can be asked of an approval.</summary>
public abstract record ApprovalCommand
{
    private protected ApprovalCommand()
    {
    }
}

public sealed record RequestApproval(
    ApprovalSubject Subject, InviteId InviteId, AccountId? Account, AccountId Inviter, IReadOnlyList<ApprovalRequirement> Requirements) : ApprovalCommand;

/// <summary>Somebody works on it, so that others need not.</summary>
public sealed record TakeApproval(Approver By) : ApprovalCommand;

public sealed record DropApproval(AccountId By) : ApprovalCommand;

/// <param name="Note">Number of the text that goes with it; null for none.</param>
public sealed record CastVote(Approver By, bool Approve, int? Note) : ApprovalCommand;

public sealed record AskQuestion(Approver By, int Note) : ApprovalCommand;

public sealed record AnswerQuestion(int Note) : ApprovalCommand;

/// <summary>Whom the case is about says something unasked.</summary>
public sealed record AddNote(AccountId By, int Note) : ApprovalCommand;

/// <summary>A deadline may have passed.</summary>
public sealed record CheckDeadlines : ApprovalCommand;

/// <summary>Somebody with rights there decided at the identity provider.</summary>
/// <param name="By">Null where it doesn't tell.</param>
public sealed record DecideElsewhere(bool Approve, AccountId? By) : ApprovalCommand;

/// <param name="Code">invite_ended or account_gone.</param>
public sealed record CloseApproval(string Code) : ApprovalCommand;

/// <summary>Somebody who wants to decide.</summary>
/// <param name="Groups">Paths of the community's groups that the person is in.</param>
public sealed record Approver(AccountId Account, IReadOnlySet<string> Groups);

/// <summary>Every reason an approval's decider refuses, with its stable code and its sentence.</summary>
public static class ApprovalRefusals
{
    public static Refusal Unknown { get; } = new("approval_unknown", "There is nothing to decide here. Reload the queue.");

    public static Refusal Settled { get; } = new("approval_settled", "This was decided already. Reload shows how.");

    public static Refusal OwnInvitee { get; } = new("approval_own_invitee", "You brought this person, so others have to decide.");

    public static Refusal NotApprover { get; } = new("approval_not_allowed", "Other moderators decide this one.");

    public static Refusal Taken { get; } = new("approval_taken", "Someone else is working on this. Take another one, or wait until they are done.");

    public static Refusal ReasonMissing { get; } = new("reason_missing", "Say why: the person gets to read it.", "note");

    public static Refusal QuestionMissing { get; } = new("question_missing", "Write what you want to know.", "note");

    public static Refusal NoteMissing { get; } = new("note_missing", "Write what the moderators should know.", "note");

    public static Refusal EnoughAdded { get; } = new("note_limit", "The moderators have a lot to read from you already. Wait for them.", "note");

    public static Refusal NoQuestion { get; } = new("question_unknown", "No question is open here.");
}
