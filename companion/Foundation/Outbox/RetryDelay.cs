namespace Companion.Foundation.Outbox;

/// <summary>When to try again.</summary>
internal static class RetryDelay
{
    /// <summary>Full jitter: anywhere between nothing and the exponential bound.</summary>
    /// <param name="roll">Uniform in [0, 1).</param>
    public static TimeSpan FullJitter(int attempt, TimeSpan first, TimeSpan cap, double roll) =>
        TimeSpan.FromSeconds(Bound(attempt, first, cap) * roll);

    /// <summary>At least half of the exponential bound, so that the other side sees time pass.</summary>
    /// <inheritdoc cref="FullJitter"/>
    public static TimeSpan HalfJitter(int attempt, TimeSpan first, TimeSpan cap, double roll) =>
        TimeSpan.FromSeconds(Bound(attempt, first, cap) * (1 + roll) / 2);

    private static double Bound(int attempt, TimeSpan first, TimeSpan cap) =>
        Math.Min(cap.TotalSeconds, first.TotalSeconds * Math.Pow(2, Math.Min(attempt, 40)));
}
