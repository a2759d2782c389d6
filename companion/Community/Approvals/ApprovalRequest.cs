namespace Companion.Community.Approvals;

/// <param name="Note">A reason, a question or an answer, for the other side to read.</param>
internal sealed record ApprovalRequest(string? Note = null);
