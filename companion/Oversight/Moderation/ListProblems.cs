using Companion.Community.Directory;
using Companion.Journey.Onboarding;

namespace Companion.Oversight.Moderation;

/// <summary>What is stuck, one row per cause and not per victim.</summary>
internal sealed class ListProblems(NpgsqlDataSource dataSource, InviterDirectory directory, StuckWork work)
{
    /// <summary>Moderators need the cause and whom it holds up, not thousands of rows.</summary>
    private const int MaxOnboardings = 500;

    public async Task<ProblemsAnswer> RunAsync(CancellationToken cancellationToken)
    {
        var rows = await dataSource.QueryAsync(
            """
            select d.onboarding_id, d.invite_id, d.account, d.problems from companion.onboarding_details d
            where d.problems <> '[]'::jsonb
            order by d.started_at
            limit @limit
            """,
            reader => (
                Affected: new { Onboarding = reader.GetGuid(0), Invite = reader.GetGuid(1), Account = reader.GetString(2) },
                Problems: JsonSerializer.Deserialize(
                    reader.GetFieldValue<byte[]>(3), OnboardingProblemJson.Default.IReadOnlyListOnboardingProblem)!),
            [Param.Int("limit", MaxOnboardings)],
            cancellationToken);
        var causes = rows
            .SelectMany(row => row.Problems.Select(problem => (row.Affected, Problem: problem)))
            .GroupBy(entry => entry.Problem.Cause, StringComparer.Ordinal)
            .Select(group => new ProblemCause(
                group.First().Problem.Code,
                group.Select(entry => entry.Problem.Room).Distinct().ToList() is [{ } room] ? new RoomName(room, directory.NameOf(room)) : null,
                group.Min(entry => entry.Problem.Since),
                [
                    .. group.Select(entry => new AffectedOnboarding(
                        entry.Problem.Id,
                        entry.Problem.Subject,
                        entry.Problem.Room is { } at ? new RoomName(at, directory.NameOf(at)) : null,
                        entry.Problem.Since,
                        new OnboardingId(entry.Affected.Onboarding),
                        new InviteId(entry.Affected.Invite),
                        new AccountId(entry.Affected.Account))),
                ]))
            .OrderBy(cause => cause.Since);
        return new ProblemsAnswer([.. causes], await work.ListAsync(cancellationToken));
    }

    /// <returns>Null when no onboarding has such a problem now.</returns>
    public async Task<(OnboardingId Onboarding, OnboardingProblem Problem)?> FindAsync(Guid problem, CancellationToken cancellationToken)
    {
        var rows = await dataSource.QueryAsync(
            """
            select d.onboarding_id, p.value from companion.onboarding_details d cross join lateral jsonb_array_elements(d.problems) p
            where d.problems <> '[]'::jsonb and p.value ->> 'id' = @id
            """,
            reader => (
                new OnboardingId(reader.GetGuid(0)),
                JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(1), OnboardingProblemJson.Default.OnboardingProblem)!),
            [Param.Text("id", problem.ToString())],
            cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }
}

/// <param name="Problems">What holds up newcomers, by cause.</param>
/// <param name="Work">What is not done because it died, or something is away, by cause.</param>
internal sealed record ProblemsAnswer(IReadOnlyList<ProblemCause> Problems, IReadOnlyList<StuckWorkCause> Work);

/// <param name="Code">Why; stable.</param>
/// <param name="Room">The room at fault; null when it is not one room's.</param>
/// <param name="Since">Of the longest victim.</param>
internal sealed record ProblemCause(string Code, RoomName? Room, DateTimeOffset Since, IReadOnlyList<AffectedOnboarding> Affected);

/// <param name="Id">For retry and skip.</param>
/// <param name="Subject">memberships, chat_account or room.</param>
internal sealed record AffectedOnboarding(
    Guid Id, string Subject, RoomName? Room, DateTimeOffset Since, OnboardingId OnboardingId, InviteId InviteId, AccountId AccountId);

internal sealed record RoomName(RoomId Id, string? Name);
