namespace Companion.Community.Approvals;

/// <summary>What happened to a decision that people have to make. Append-only contracts; what people wrote is kept elsewhere, by its number.</summary>
public abstract record ApprovalEvent
{
    private protected ApprovalEvent()
    {
    }
}

/// <param name="Account">The newcomer; null while it is about an invite.</param>
/// <param name="Inviter">Who vouches, and so decides on nothing here.</param>
public sealed record ApprovalRequested(
    ApprovalId ApprovalId,
    ApprovalSubject Subject,
    InviteId InviteId,
    AccountId? Account,
    AccountId Inviter,
    IReadOnlyList<ApprovalRequirement> Requirements,
    DateTimeOffset At) : ApprovalEvent;

/// <param name="Until">Others may take it over from then on.</param>
public sealed record ApprovalTaken(ApprovalId ApprovalId, AccountId By, DateTimeOffset Until, DateTimeOffset At) : ApprovalEvent;

public sealed record ApprovalDropped(ApprovalId ApprovalId, AccountId By, DateTimeOffset At) : ApprovalEvent;

/// <param name="Rules">Names of the requirements that it counts for.</param>
/// <param name="Note">Number of the text that goes with it; null for none.</param>
public sealed record ApprovalVoteCast(
    ApprovalId ApprovalId, AccountId By, bool Approve, IReadOnlyList<string> Rules, int? Note, DateTimeOffset At) : ApprovalEvent;

/// <param name="Note">Number of the question's text.</param>
public sealed record ApprovalQuestionAsked(ApprovalId ApprovalId, AccountId By, int Note, DateTimeOffset At) : ApprovalEvent;

/// <param name="Note">Number of the answer's text.</param>
public sealed record ApprovalQuestionAnswered(ApprovalId ApprovalId, int Note, DateTimeOffset At) : ApprovalEvent;

/// <summary>Whom the case is about said something unasked.</summary>
/// <param name="Note">Number of the text.</param>
public sealed record ApprovalNoteAdded(ApprovalId ApprovalId, int Note, DateTimeOffset At) : ApprovalEvent;

/// <summary>Nobody decided in time, and others are asked.</summary>
public sealed record ApprovalEscalated(ApprovalId ApprovalId, string Rule, string Approvers, DateTimeOffset At) : ApprovalEvent;

/// <summary>Nobody decided in time, and the rule lets that pass.</summary>
public sealed record ApprovalWaived(ApprovalId ApprovalId, string Rule, DateTimeOffset At) : ApprovalEvent;

/// <param name="By">Who cast the last vote, or decided at the identity provider; null when a deadline did.</param>
public sealed record ApprovalGranted(ApprovalId ApprovalId, AccountId? By, ApprovalPlace Place, DateTimeOffset At) : ApprovalEvent;

/// <inheritdoc cref="ApprovalGranted"/>
/// <param name="Note">Number of the reason that the person gets to read; null for none.</param>
public sealed record ApprovalRefused(ApprovalId ApprovalId, AccountId? By, ApprovalPlace Place, int? Note, DateTimeOffset At) : ApprovalEvent;

/// <summary>There is nothing to decide on any more.</summary>
/// <param name="Code">invite_ended or account_gone.</param>
public sealed record ApprovalClosed(ApprovalId ApprovalId, string Code, DateTimeOffset At) : ApprovalEvent;

/// <summary>Where a decision was made.</summary>
public enum ApprovalPlace
{
    /// <summary>On the moderators' pages.</summary>
    Here,

    /// <summary>In the identity provider's own screens.</summary>
    IdentityProvider,

    /// <summary>By the rule, when its deadline had passed.</summary>
    Deadline,
}
