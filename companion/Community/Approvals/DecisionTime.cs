using Companion.Foundation.Kernel;

namespace Companion.Community.Approvals;

/// <summary>How long a person works on a vote: from taking the case on, as long as it is kept for the person at most.</summary>
internal static class DecisionTime
{
    /// <summary>For who votes without having taken the case.</summary>
    public static readonly TimeSpan Untaken = TimeSpan.FromMinutes(1);

    /// <param name="hold">Who had the case when the vote came.</param>
    public static TimeSpan Of(Hold? hold, AccountId voter, DateTimeOffset votedAt) => hold is { Since: { } since } && hold.By == voter
        ? (votedAt < hold.Until ? votedAt : hold.Until) - since
        : Untaken;
}
