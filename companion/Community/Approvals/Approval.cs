namespace Companion.Community.Approvals;

public enum ApprovalStatus
{
    None,
    Open,
    Granted,
    Refused,
    Closed,
}

/// <summary>State of one decision that people have to make, folded from its events.</summary>
public sealed record Approval
{
    public static Approval Initial { get; } = new();

    public Guid Id { get; init; }

    public ApprovalStatus Status { get; init; }

    public ApprovalSubject Subject { get; init; }

    public InviteId InviteId { get; init; }

    public AccountId? Account { get; init; }

    public AccountId Inviter { get; init; }

    public DateTimeOffset RequestedAt { get; init; }

    public IReadOnlyList<RequirementProgress> Requirements { get; init; } = [];

    /// <summary>One for each person: who votes again changes the own vote.</summary>
    public IReadOnlyList<Vote> Votes { get; init; } = [];

    /// <summary>Who works on it; null when nobody does.</summary>
    public Hold? Hold { get; init; }

    /// <summary>What it took those who voted.</summary>
    public TimeSpan TimeTaken { get; init; }

    /// <summary>A question that was not answered yet.</summary>
    public int? OpenQuestion { get; init; }

    /// <summary>Number of the text that says why it was refused; null where nobody said.</summary>
    public int? Reason { get; init; }

    /// <summary>How often whom it is about said something unasked.</summary>
    public int Additions { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When the next deadline passes; null where there is none.</summary>
    public DateTimeOffset? NextDeadline => Status != ApprovalStatus.Open
        ? null
        : Requirements.Where(requirement => !requirement.IsMet(Votes)).Min(requirement => requirement.DueAt);

    public static Approval Evolve(Approval state, ApprovalEvent @event) => @event switch
    {
        ApprovalRequested e => new Approval
        {
            Id = e.ApprovalId.Value,
            Status = ApprovalStatus.Open,
            Subject = e.Subject,
            InviteId = e.InviteId,
            Account = e.Account,
            Inviter = e.Inviter,
            RequestedAt = e.At,
            Requirements = [.. e.Requirements.Select(asked => new RequirementProgress(asked, asked.Approvers, e.At + asked.Deadline))],
        },
        ApprovalTaken e => state with { Hold = new Hold(e.By, e.Until, e.At) },
        ApprovalDropped => state with { Hold = null },
        ApprovalVoteCast e => state with
        {
            Votes = [.. state.Votes.Where(vote => vote.By != e.By), new Vote(e.By, e.Approve, e.Rules, e.Note, e.At)],
            Hold = state.Hold?.By == e.By ? null : state.Hold,
            TimeTaken = state.TimeTaken + DecisionTime.Of(state.Hold, e.By, e.At),
        },
        ApprovalQuestionAsked e => state with { OpenQuestion = e.Note },
        ApprovalQuestionAnswered => state with { OpenQuestion = null },
        ApprovalNoteAdded => state with { Additions = state.Additions + 1 },
        ApprovalEscalated e => state.With(e.Rule, requirement => requirement with { Approvers = e.Approvers, DueAt = null }),
        ApprovalWaived e => state.With(e.Rule, requirement => requirement with { IsWaived = true, DueAt = null }),
        ApprovalGranted e => state with { Status = ApprovalStatus.Granted, Hold = null, EndedAt = e.At },
        ApprovalRefused e => state with
        {
            Status = ApprovalStatus.Refused,
            Hold = null,
            Reason = e.Note ?? state.Votes.Where(vote => !vote.Approve).MaxBy(vote => vote.At)?.Note,
            EndedAt = e.At,
        },
        ApprovalClosed e => state with { Status = ApprovalStatus.Closed, Hold = null, EndedAt = e.At },
        _ => throw new InvalidOperationException($"Unknown approval event {@event.GetType().Name}."),
    };

    private Approval With(string rule, Func<RequirementProgress, RequirementProgress> change) => this with
    {
        Requirements = [.. Requirements.Select(requirement => requirement.Asked.Rule == rule ? change(requirement) : requirement)],
    };
}

/// <summary>How far one requirement is.</summary>
/// <param name="Approvers">Path of the group that decides now.</param>
/// <param name="DueAt">Null for no deadline, or none any more.</param>
/// <param name="IsWaived">Its deadline let it pass.</param>
public sealed record RequirementProgress(ApprovalRequirement Asked, string Approvers, DateTimeOffset? DueAt, bool IsWaived = false)
{
    public bool IsMet(IEnumerable<Vote> votes) => IsWaived || Count(votes, true) >= Asked.Needed;

    /// <summary>So many refused that too few are left to approve.</summary>
    public bool IsLost(IEnumerable<Vote> votes) => !IsWaived && Count(votes, false) > Asked.Panel - Asked.Needed;

    private int Count(IEnumerable<Vote> votes, bool approve) => votes.Count(vote => vote.Approve == approve && vote.Rules.Contains(Asked.Rule));
}

/// <param name="Rules">Names of the requirements that it counts for.</param>
public sealed record Vote(AccountId By, bool Approve, IReadOnlyList<string> Rules, int? Note, DateTimeOffset At);

/// <param name="Since">Null where an earlier version did not keep it.</param>
public sealed record Hold(AccountId By, DateTimeOffset Until, DateTimeOffset? Since = null);

/// <summary>How long a person works on a vote: from taking the case on, as long as it is kept for the person at most.</summary>
internal static class DecisionTime
{
    /// <summary>For who votes without having taken the case.</summary>
    public static readonly TimeSpan Untaken = TimeSpan.FromMinutes(1);

    /// <param name="hold">Who had the case when the vote came.</param>
    public static TimeSpan Of(Hold? hold, AccountId voter, DateTimeOffset votedAt) => hold is { Since: { } since } && hold.By == voter
        ? (votedAt < hold.Until ? votedAt : hold.Until) - since
        : Untaken;
}
