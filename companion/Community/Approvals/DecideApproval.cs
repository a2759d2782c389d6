using Companion.Community.Contacts;
using Companion.Community.Directory;
using Companion.Foundation.Outbox;

namespace Companion.Community.Approvals;

/// <summary>What approvers do with a case, and whom it is about.</summary>
internal sealed class DecideApproval(Transactions transactions, InviterDirectory directory)
{
    /// <returns>Why it was not done; null when it was.</returns>
    /// <exception cref="IdentityProviderException">The approver's groups can't be read.</exception>
    public Task<Refusal?> VoteAsync(ApprovalId id, AccountId by, bool approve, string? text, CancellationToken cancellationToken)
    {
        var refusal = ModeratorNote.Check(text, out var note) ?? (approve || note is not null ? null : ApprovalRefusals.ReasonMissing);
        return refusal is not null
            ? Task.FromResult<Refusal?>(refusal)
            : ChangeAsync(id, by, note, (approver, number) => new CastVote(approver, approve, number), cancellationToken);
    }

    /// <inheritdoc cref="VoteAsync"/>
    public Task<Refusal?> AskAsync(ApprovalId id, AccountId by, string? text, CancellationToken cancellationToken)
    {
        var refusal = ModeratorNote.Check(text, out var question) ?? (question is null ? ApprovalRefusals.QuestionMissing : null);
        return refusal is not null
            ? Task.FromResult<Refusal?>(refusal)
            : ChangeAsync(id, by, question, (approver, number) => new AskQuestion(approver, number!.Value), cancellationToken);
    }

    /// <inheritdoc cref="VoteAsync"/>
    public Task<Refusal?> TakeAsync(ApprovalId id, AccountId by, CancellationToken cancellationToken) =>
        ChangeAsync(id, by, null, (approver, _) => new TakeApproval(approver), cancellationToken);

    /// <inheritdoc cref="VoteAsync"/>
    public Task<Refusal?> DropAsync(ApprovalId id, AccountId by, CancellationToken cancellationToken) =>
        ChangeAsync(id, by, null, (_, _) => new DropApproval(by), cancellationToken);

    /// <summary>Whom it is about answers the open question.</summary>
    /// <returns>Why it was not done; null when it was.</returns>
    public Task<Refusal?> AnswerAsync(ApprovalId id, string? text, CancellationToken cancellationToken)
    {
        var refusal = ModeratorNote.Check(text, out var answer) ?? (answer is null ? ApprovalRefusals.NoteMissing : null);
        return refusal is not null
            ? Task.FromResult<Refusal?>(refusal)
            : transactions.RunAsync(
                (unit, ct) => ApprovalNotes.ChangeAsync(unit, id, null, answer, (_, number) => new AnswerQuestion(number!.Value), ct), cancellationToken);
    }

    private async Task<Refusal?> ChangeAsync(
        ApprovalId id, AccountId by, string? text, Func<Approver, int?, ApprovalCommand> command, CancellationToken cancellationToken)
    {
        var person = await directory.FindAsync(by, cancellationToken);
        Approver approver = new(by, person is { Enabled: true } ? person.Groups.ToHashSet(StringComparer.Ordinal) : []);
        return await transactions.RunAsync(
            (unit, ct) => ApprovalNotes.ChangeAsync(unit, id, by, text, (_, number) => command(approver, number), ct), cancellationToken);
    }
}

/// <param name="Note">A reason, a question or an answer, for the other side to read.</param>
internal sealed record ApprovalRequest(string? Note = null);

/// <summary>Does what a rule says should happen when nobody has decided in time.</summary>
internal sealed class CheckApprovalDeadline() : OutboxHandler<ApprovalDue>(ApprovalOutbox.Deadline)
{
    protected override Task<OutboxResult> HandleAsync(OutboxMessage<ApprovalDue> message, CancellationToken cancellationToken) =>
        Task.FromResult<OutboxResult>(new OutboxResult.Done(
            (unit, ct) => ApprovalStream.ChangeAsync(unit, message.Payload.ApprovalId, new CheckDeadlines(), ct)));
}

/// <summary>Takes a case from the queue that was decided elsewhere, or whose subject has ended by itself.</summary>
internal sealed class SettleApprovalElsewhere() : OutboxHandler<ApprovalSettled>(ApprovalOutbox.Settled)
{
    protected override Task<OutboxResult> HandleAsync(OutboxMessage<ApprovalSettled> message, CancellationToken cancellationToken)
    {
        var settled = message.Payload;
        ApprovalCommand command = settled.Approve is { } approve
            ? new DecideElsewhere(approve, settled.By)
            : new CloseApproval(settled.Code ?? "unspecified");
        return Task.FromResult<OutboxResult>(new OutboxResult.Done((unit, ct) => ApprovalStream.ChangeAsync(unit, settled.ApprovalId, command, ct)));
    }
}
