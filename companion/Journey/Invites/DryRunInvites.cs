using Companion.Community.Approvals;
using Companion.Community.Directory;
using Companion.Community.Pausing;

namespace Companion.Journey.Invites;

/// <summary>Says what would become of each row, and shows the mail that would go out. Stores and sends nothing.</summary>
internal sealed class DryRunInvites(
    Transactions transactions,
    JudgeInvites judge,
    InviteMailText mailText,
    IOptions<InvitePolicy> policy,
    IOptions<ApprovalOptions> approvals,
    IOptions<CommunityOptions> community,
    TimeProvider clock)
{
    /// <summary>Whole-request refusals: those of <see cref="JudgeInvites"/>, inviting_paused.</summary>
    /// <param name="language">Of the rules' sentences; null for the community's.</param>
    /// <exception cref="IdentityProviderException">The inviter's standing can't be read.</exception>
    public async Task<Outcome<DryRunAnswer>> RunAsync(
        AccountId inviter, IssueInvitesRequest request, string? language, CancellationToken cancellationToken)
    {
        var (batch, refusal) = await judge.ReadAsync(inviter, request, cancellationToken);
        if (batch is null)
        {
            return refusal!;
        }

        var (paused, verdicts) = await transactions.RunAsync(
            async (unit, ct) => (await PauseTable.ObstacleAsync(unit, ct), await judge.DecideAsync(unit, batch, ct)), cancellationToken);
        if (paused is not null)
        {
            return paused;
        }

        var names = new OrganizationNames(batch.Organizations.ToDictionary(organization => organization.Alias, StringComparer.Ordinal));
        return new DryRunAnswer(
            [.. verdicts.Select(verdict => DryRunRow.Of(verdict, names, Sentence))],
            verdicts.FirstOrDefault(verdict => verdict.Decision.Refusal is null) is { } good ? Preview(batch.Inviter, good.Line.Draft!) : null);

        string? Sentence(string rule) => approvals.Value.SentenceOf(rule, language ?? community.Value.DefaultLanguage);
    }

    private InvitePreview Preview(Person inviter, InviteDraft draft)
    {
        var (language, text) = mailText.Preview(inviter, draft.Message, draft.Language, clock.GetUtcNow() + policy.Value.Lifetime);
        return new InvitePreview(language, text.Subject, text.Html, text.Plain);
    }
}

/// <param name="Invites">One per row, in their order.</param>
/// <param name="Preview">The mail to the first good row; null where there is none.</param>
internal sealed record DryRunAnswer(IReadOnlyList<DryRunRow> Invites, InvitePreview? Preview);

/// <param name="Row">From 1.</param>
/// <param name="Outcome">good or refused; then as in <see cref="InviteRowAnswer"/>.</param>
/// <param name="Memberships">As they were understood.</param>
/// <param name="Approvals">Rules by which people have to approve it before it is sent.</param>
internal sealed record DryRunRow(
    int Row,
    string Outcome,
    string? Code,
    string? Message,
    string? Field,
    string? Argument,
    IReadOnlyList<ShownMembership> Memberships,
    IReadOnlyList<AskedApproval> Approvals)
{
    public static DryRunRow Of(InviteVerdict verdict, OrganizationNames names, Func<string, string?> sentence)
    {
        var refusal = verdict.Decision.Refusal;
        return new(
            verdict.Line.Number,
            refusal is null ? "good" : "refused",
            refusal?.Code,
            refusal?.Message,
            refusal?.Field,
            refusal?.Argument,
            [.. verdict.Line.Draft?.Memberships.Select(names.Show) ?? []],
            refusal is null ? [.. verdict.Approvals.Select(asked => new AskedApproval(asked.Rule, sentence(asked.Rule)))] : []);
    }
}

/// <param name="Rule">Its name.</param>
/// <param name="Sentence">What the rule is about; null where the operator gave none.</param>
internal sealed record AskedApproval(string Rule, string? Sentence);

/// <param name="Html">A whole document, to be shown where no script runs.</param>
internal sealed record InvitePreview(string Language, string Subject, string Html, string Text);
