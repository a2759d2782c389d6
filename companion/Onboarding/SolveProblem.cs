using Companion.Decisions;
using Companion.Directory;
using Companion.EventStore;

namespace Companion.Onboarding;

/// <summary>A moderator tries one stuck thing of one person again, or lets one room go.</summary>
internal static class SolveProblem
{
    /// <returns>Why nothing was done; null when it was.</returns>
    public static async Task<Refusal?> RetryAsync(
        Guid problemId, AccountId by, ListProblems problems, Transactions transactions, CancellationToken cancellationToken) =>
        await ExecuteAsync(
            problemId,
            problem => problem switch
            {
                { Room: { } room } => new RetryRoom(room, by),
                { Subject: OnboardingProblem.MembershipsSubject } => new RetryMemberships(by),
                _ => new RetryChatAccount(by),
            },
            problems,
            transactions,
            cancellationToken);

    /// <inheritdoc cref="RetryAsync"/>
    public static async Task<Refusal?> SkipAsync(
        Guid problemId, AccountId by, ListProblems problems, Transactions transactions, CancellationToken cancellationToken) =>
        await ExecuteAsync(
            problemId,
            problem => problem.Room is { } room ? new SkipRoom(room, by) : null,
            problems,
            transactions,
            cancellationToken);

    private static async Task<Refusal?> ExecuteAsync(
        Guid problemId,
        Func<OnboardingProblem, OnboardingCommand?> commandFor,
        ListProblems problems,
        Transactions transactions,
        CancellationToken cancellationToken)
    {
        if (await problems.FindAsync(problemId, cancellationToken) is not var (onboarding, problem))
        {
            return OnboardingRefusals.Unknown;
        }

        return commandFor(problem) is { } command
            ? await transactions.RunAsync(
                Guid.NewGuid(), (unit, ct) => OnboardingChange.AppendAsync(unit, onboarding, command, ct), cancellationToken)
            : OnboardingRefusals.NotSkippable;
    }
}
