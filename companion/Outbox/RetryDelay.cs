namespace Companion.Outbox;

/// <summary>When to try again.</summary>
internal static class RetryDelay
{
    /// <summary>Full jitter: anywhere between nothing and the exponential bound.</summary>
    /// <param name="roll">Uniform in [0, 1).</param>
    public static TimeSpan FullJitter(int attempt, TimeSpan first, TimeSpan cap, double roll)
    {
        var bound = Math.Min(cap.TotalSeconds, first.TotalSeconds * Math.Pow(2, Math.Min(attempt, 40)));
        return TimeSpan.FromSeconds(bound * roll);
    }
}
