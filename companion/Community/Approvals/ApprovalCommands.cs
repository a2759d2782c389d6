using Companion.Foundation.Kernel;

namespace Companion.Community.Approvals;

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
