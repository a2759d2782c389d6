using Companion.Community.Approvals;
using Companion.Community.Contacts;
using Companion.Community.Pausing;
using Companion.Foundation.Web;

namespace Companion.Journey.Invites;

/// <summary>POST /api/v1/invites, and /dry-run.</summary>
/// <param name="Invites">1 to 1000 rows, which name at most 50 different organisations.</param>
/// <param name="Message">For rows without one of their own.</param>
/// <param name="Language">For rows without one of their own: en or de.</param>
/// <param name="Vouched">The inviter says to know these people; nothing is sent otherwise.</param>
/// <param name="Note">For the moderators.</param>
/// <param name="RemindMe">Whether the inviter hears before an invite runs out; null for what the settings say. For rows without one of their own.</param>
/// <param name="Remind">Whether the invitee hears before it runs out, once. For rows without one of their own.</param>
internal sealed record IssueInvitesRequest(
    IReadOnlyList<InviteRow?>? Invites = null,
    string? Message = null,
    string? Language = null,
    bool Vouched = false,
    string? Note = null,
    bool? RemindMe = null,
    bool Remind = false)
{
    public const int MaxRows = 1000;

    /// <summary>Different ones in all rows together: each that the inviter could use costs a question to the identity provider.</summary>
    public const int MaxOrganizations = 50;
}

/// <param name="Contact">The address to invite.</param>
/// <param name="Memberships">Organisations by alias or name, with a group; or groups of the community alone.</param>
/// <param name="Rooms">Room ids from the invite options.</param>
/// <param name="RemindMe">Whether the inviter hears before it runs out.</param>
/// <param name="Remind">Whether the invitee hears before it runs out, once.</param>
internal sealed record InviteRow(
    string? Contact = null,
    IReadOnlyList<Membership?>? Memberships = null,
    IReadOnlyList<string?>? Rooms = null,
    string? Message = null,
    string? Language = null,
    bool? RemindMe = null,
    bool? Remind = null);

/// <param name="Invites">One per row, in their order.</param>
internal sealed record IssueInvitesAnswer(IReadOnlyList<InviteRowAnswer> Invites);

/// <param name="Row">From 1.</param>
/// <param name="Outcome">issued or refused.</param>
/// <param name="Code">Why it was refused; pages translate by it.</param>
/// <param name="Message">The same as a sentence.</param>
/// <param name="Field">The row's field at fault: contact, organization, group, memberships, rooms, message or language.</param>
/// <param name="Argument">What the sentence is about.</param>
/// <param name="AwaitingApproval">Nothing is sent before people have approved it.</param>
internal sealed record InviteRowAnswer(
    int Row,
    string Outcome,
    InviteId? Id,
    DateTimeOffset? ExpiresAt,
    string? Code,
    string? Message,
    string? Field,
    string? Argument,
    bool AwaitingApproval = false)
{
    public static InviteRowAnswer Issued(int row, InviteId id, DateTimeOffset expiresAt, bool awaitingApproval) =>
        new(row, "issued", id, expiresAt, null, null, null, null, awaitingApproval);

    public static InviteRowAnswer Refused(int row, Refusal refusal) =>
        new(row, "refused", null, null, refusal.Code, refusal.Message, refusal.Field, refusal.Argument);
}

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
