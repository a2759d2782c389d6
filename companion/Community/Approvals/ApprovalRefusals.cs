using Companion.Foundation.Kernel;

namespace Companion.Community.Approvals;

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
