using Companion.Journey.Onboarding;

namespace Companion.Oversight.Moderation;

/// <summary>A moderator tries one stuck thing of one person again, or all that one cause holds up, or lets one room go.</summary>
internal sealed class SolveProblem(ListProblems problems, StuckWork work, Transactions transactions)
{
    /// <returns>Why nothing was done; null when it was.</returns>
    public async Task<Refusal?> RetryAsync(Guid problemId, AccountId by, CancellationToken cancellationToken) =>
        await work.RetryAsync(problemId, cancellationToken) > 0
            ? null
            : await RunAsync(
                problemId,
                problem => problem switch
                {
                    { Room: { } room } => new RetryRoom(room, by),
                    { Subject: OnboardingProblem.MembershipsSubject } => new RetryMemberships(by),
                    _ => new RetryChatAccount(by),
                },
                cancellationToken);

    /// <inheritdoc cref="RetryAsync"/>
    public Task<Refusal?> SkipAsync(Guid problemId, AccountId by, CancellationToken cancellationToken) => RunAsync(
        problemId, problem => problem.Room is { } room ? new SkipRoom(room, by) : null, cancellationToken);

    private async Task<Refusal?> RunAsync(
        Guid problemId, Func<OnboardingProblem, OnboardingCommand?> commandFor, CancellationToken cancellationToken)
    {
        if (await problems.FindAsync(problemId, cancellationToken) is not var (onboarding, problem))
        {
            return OnboardingRefusals.Unknown;
        }

        return commandFor(problem) is { } command
            ? await transactions.RunAsync((unit, ct) => OnboardingStream.ChangeAsync(unit, onboarding, command, ct), cancellationToken)
            : OnboardingRefusals.NotSkippable;
    }
}
