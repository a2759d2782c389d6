using Companion.Community.Approvals;
using Companion.Community.Contacts;
using Companion.Journey.Invites;

namespace Companion.Journey.Registrations;

/// <summary>Newcomers who wait: how the own case stands, and what they have to say to it.</summary>
internal sealed class WaitingNewcomers(NpgsqlDataSource dataSource, ApprovalNotes notes, TimeProvider clock)
{
    /// <summary>What is usual is told from the decisions of this time.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromDays(30);

    public async Task<WaitingCase> ReadAsync(InviteId invite, AccountId account, CancellationToken cancellationToken)
    {
        var usual = await UsualWaitAsync(cancellationToken);
        var state = await dataSource.ReadAsync(ApprovalStream.Type, ApprovalId.Of(invite, ApprovalSubject.Newcomer).Value, cancellationToken);
        return state.Account == account
            ? new WaitingCase(
                state.RequestedAt,
                usual,
                state.Status == ApprovalStatus.Open ? await notes.FindAsync(state.Id, state.OpenQuestion, cancellationToken) : null,
                state.Additions,
                ApprovalDecider.MayAdd(state))
            : new WaitingCase(null, usual, null, 0, await IsComingAsync(invite, account, cancellationToken));
    }

    /// <summary>Answers the open question; without one it adds to the case.</summary>
    /// <returns>Why the text was not kept; null when it was.</returns>
    public static async Task<Refusal?> WriteAsync(UnitOfWork unit, InviteId invite, AccountId account, string text, CancellationToken cancellationToken)
    {
        var refusal = ModeratorNote.Check(text, out var note) ?? (note is null ? ApprovalRefusals.NoteMissing : null);
        return refusal ?? await ApprovalNotes.ChangeAsync(
            unit,
            ApprovalId.Of(invite, ApprovalSubject.Newcomer),
            null,
            note,
            (state, number) => state.OpenQuestion is not null && state.Account == account
                ? new AnswerQuestion(number!.Value)
                : new AddNote(account, number!.Value),
            cancellationToken);
    }

    /// <summary>Whether the account is so new that its case is not there yet.</summary>
    private async Task<bool> IsComingAsync(InviteId invite, AccountId account, CancellationToken cancellationToken) =>
        (await dataSource.ReadAsync(InviteStream.Type, invite.Value, cancellationToken)).Claim is { Approvals.Count: > 0 } claim && claim.Account == account;

    /// <returns>The median; null where nothing was decided lately.</returns>
    private async Task<TimeSpan?> UsualWaitAsync(CancellationToken cancellationToken) => (await dataSource.QueryAsync(
        """
        select percentile_cont(0.5) within group (order by extract(epoch from ended_at - requested_at)::double precision)
        from companion.approval_details
        where subject = 'newcomer' and status in ('granted', 'refused') and ended_at > @since
        """,
        reader => reader.IsDBNull(0) ? (TimeSpan?)null : TimeSpan.FromSeconds(reader.GetDouble(0)),
        [Param.Time("since", clock.GetUtcNow() - Recent)],
        cancellationToken))[0];
}

/// <param name="Since">Null while the case is not there.</param>
/// <param name="UsualWait">Until a decision; null where nobody knows.</param>
/// <param name="Question">Of a moderator, not answered yet.</param>
/// <param name="Added">How often the newcomer has added something.</param>
/// <param name="MayAdd">Whether a text would be taken now.</param>
internal sealed record WaitingCase(DateTimeOffset? Since, TimeSpan? UsualWait, string? Question, int Added, bool MayAdd)
{
    public override string ToString() => nameof(WaitingCase);
}
