using System.Diagnostics;

namespace Companion.Benchmarks;

/// <summary>How often something was done by parallel clients in a fixed time.</summary>
internal static class Rate
{
    public const int Clients = 16;

    /// <param name="once">Gets a number that no other call gets.</param>
    /// <returns>Per second.</returns>
    public static async Task<double> MeasureAsync(TimeSpan duration, Func<long, Task> once)
    {
        var watch = Stopwatch.StartNew();
        var done = 0L;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            while (watch.Elapsed < duration)
            {
                await once(Numbers.Next());
                Interlocked.Increment(ref done);
            }
        })));
        return done / watch.Elapsed.TotalSeconds;
    }

    public static double Median(IReadOnlyCollection<double> values) => values.Order().ElementAt(values.Count / 2);
}

internal static class Numbers
{
    private static long _last;

    public static long Next() => Interlocked.Increment(ref _last);
}
