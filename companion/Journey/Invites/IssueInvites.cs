using Companion.Community.Approvals;
using Companion.Community.Contacts;
using Companion.Community.Pausing;
using Companion.Foundation.Web;

namespace Companion.Journey.Invites;

/// <summary>Issues invites row by row: a refused row stops no other, and all that are issued are stored in one transaction.</summary>
internal sealed class IssueInvites(
    Transactions transactions, JudgeInvites judge, RepeatableRequests repeatable, IOptions<InvitePolicy> policy)
{
    private const string Scope = "invites";

    private static readonly Refusal VouchMissing = new("vouch_missing", "Confirm that you know these people.", "vouched");

    /// <summary>Whole-request refusals: those of <see cref="JudgeInvites"/>, vouch_missing, note_too_long, note_has_control, inviting_paused.</summary>
    /// <exception cref="IdentityProviderException">The inviter's standing can't be read; nothing was stored.</exception>
    public async Task<Outcome<IssueInvitesAnswer>> RunAsync(
        AccountId inviter, IssueInvitesRequest request, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var noteRefusal = ModeratorNote.Check(request.Note, out var note);
        if ((JudgeInvites.Obstacle(request) ?? noteRefusal ?? (request.Vouched ? null : VouchMissing)) is { } obstacle)
        {
            return obstacle;
        }

        var (batch, refusal) = await judge.ReadAsync(inviter, request, cancellationToken);
        if (batch is null)
        {
            return refusal!;
        }

        return await transactions.RunAsync(
            (unit, ct) => repeatable.OnceAsync(
                unit,
                $"{Scope}:{inviter}",
                idempotencyKey,
                request,
                InviteApiJson.Default.IssueInvitesRequest,
                InviteApiJson.Default.IssueInvitesAnswer,
                () => IssueAsync(unit, batch, note, ct),
                ct),
            cancellationToken);
    }

    private async Task<Outcome<IssueInvitesAnswer>> IssueAsync(
        UnitOfWork unit, InviteBatch batch, string? note, CancellationToken cancellationToken)
    {
        if (await PauseTable.ObstacleAsync(unit, cancellationToken) is { } paused)
        {
            return paused;
        }

        var verdicts = await judge.DecideAsync(unit, batch, cancellationToken);
        foreach (var (line, decision, asked) in verdicts.Where(verdict => verdict.Decision.Refusal is null))
        {
            var draft = line.Draft!;
            ContactTable.Add(unit, new Contact(line.ContactId, draft.Address, draft.Message, note), line.Match, line.Abuse);
            unit.Append(InviteStream.Type, new Loaded<Invite>(line.Id.Value, Invite.Initial, 0), decision.Events);
            if (asked.Count > 0)
            {
                RequestApproval request = new(ApprovalSubject.Invite, line.Id, null, batch.Inviter.Id, asked);
                await ApprovalStream.ChangeAsync(unit, ApprovalId.Of(line.Id, ApprovalSubject.Invite), request, cancellationToken);
            }
        }

        return new IssueInvitesAnswer(
        [
            .. verdicts.Select(verdict => verdict.Decision.Refusal is { } refusal
                ? InviteRowAnswer.Refused(verdict.Line.Number, refusal)
                : InviteRowAnswer.Issued(verdict.Line.Number, verdict.Line.Id, unit.Now + policy.Value.Lifetime, verdict.Approvals.Count > 0)),
        ]);
    }
}
