using System.ComponentModel.DataAnnotations;
using Companion.Community.Directory;

namespace Companion.Community.Approvals;

/// <summary>Asks people to decide where all its conditions hold. A condition that is not set holds always.</summary>
public sealed record ApprovalRule
{
    private const string NoPath = "{0} must be the path of a group, e.g. /moderators.";

    /// <summary>Stable, e.g. young-accounts; on the timeline and in the moderators' queue.</summary>
    [Required]
    public string Name { get; init; } = "";

    public ApprovalSubject Subject { get; init; }

    [ValidateObjectMembers]
    public RuleConditions When { get; init; } = new();

    /// <summary>Who decides: a group of the community by its path, members of its subgroups included.</summary>
    [Required(ErrorMessage = NoPath)]
    [RegularExpression("/.*", ErrorMessage = NoPath)]
    public string Approvers { get; init; } = "";

    /// <summary>How many of them have to approve.</summary>
    [Range(1, int.MaxValue)]
    public int Needed { get; init; } = 1;

    /// <summary>Out of how many: it is denied as soon as too few are left to reach <see cref="Needed"/>. 0 for as many as are needed, so that one refusal denies.</summary>
    public int Panel { get; init; }

    /// <summary>Null for none.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00", MinimumIsExclusive = true)]
    public TimeSpan? Deadline { get; init; }

    public DeadlineAction AtDeadline { get; init; } = DeadlineAction.Deny;

    /// <summary>Who decides from the deadline on where <see cref="AtDeadline"/> is <see cref="DeadlineAction.Escalate"/>.</summary>
    public string EscalateTo { get; init; } = "";

    /// <summary>What inviters and invitees read, by language, e.g. "A moderator looks at invitations from accounts younger than 14 days".</summary>
    public IReadOnlyDictionary<string, string> Sentence { get; init; } = new Dictionary<string, string>();

    /// <returns>In another language where there is none in this one; null where there is none at all.</returns>
    public string? SentenceIn(string language) => Sentence.GetValueOrDefault(language) ?? Sentence.Values.FirstOrDefault();
}

public enum DeadlineAction
{
    Deny,
    Approve,

    /// <summary>Others are asked, without a further deadline.</summary>
    Escalate,
}

/// <summary>What has to be so for a rule to apply: every one that is set.</summary>
public sealed record RuleConditions
{
    /// <summary>The inviter's account is younger, or nobody knows how old it is.</summary>
    public TimeSpan? AccountAgeBelow { get; init; }

    /// <summary>Of the people whom the inviter brought a smaller share than this (0 to 1) is in good order. Does not hold before anybody came.</summary>
    [Range(0.0, 1.0)]
    public double? StandingBelow { get; init; }

    /// <summary>The inviter has brought fewer people than this.</summary>
    public int? BroughtBelow { get; init; }

    public int? OpenInvitesAtLeast { get; init; }

    public int? IssuedLastDayAtLeast { get; init; }

    public int? IssuedLastWeekAtLeast { get; init; }

    /// <summary>See <see cref="InviterFacts.Depth"/>.</summary>
    public int? DepthAtLeast { get; init; }

    /// <summary>The inviter is flagged, or is not.</summary>
    public bool? Flagged { get; init; }

    /// <summary>The inviter is one of these.</summary>
    public IReadOnlyList<InviterKind> Kinds { get; init; } = [];

    /// <summary>The inviter is in one of these groups (paths; subgroups count) or organisations (aliases).</summary>
    public IReadOnlyList<string> InviterIn { get; init; } = [];

    /// <summary>The inviter is in none of these.</summary>
    public IReadOnlyList<string> InviterNotIn { get; init; } = [];

    /// <summary>The inviter has one of these realm roles.</summary>
    public IReadOnlyList<string> InviterRoles { get; init; } = [];

    /// <summary>The address is of one of these domains; with a leading dot, of one below it.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>The address is of none of these.</summary>
    public IReadOnlyList<string> DomainsNot { get; init; } = [];

    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>One of these rooms is asked for.</summary>
    public IReadOnlyList<string> Rooms { get; init; } = [];

    /// <summary>One of these organisations is asked for (aliases).</summary>
    public IReadOnlyList<string> Organizations { get; init; } = [];

    /// <summary>One of these groups is asked for: paths of the community's, or names of role groups.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];
}
