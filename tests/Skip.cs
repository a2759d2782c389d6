using System.Reflection;

/// <summary>Skips what this machine can't run, and leaves word of the reason: <c>dotnet test</c> reads it out at its end (Directory.Build.targets).</summary>
internal static class Skip
{
    private static readonly Lock Gate = new();
    private static readonly HashSet<string> Told = [];

    // artifacts/bin/<project>/<configuration>/ is where this runs.
    private static readonly string Note = Path.Combine(
        AppContext.BaseDirectory, "..", "..", "..", "skipped", $"{Assembly.GetExecutingAssembly().GetName().Name}.txt");

    /// <param name="missing">A sentence that says what is missing and how to get it; null or empty when nothing is.</param>
    public static void ForLackOf(string? missing)
    {
        if (string.IsNullOrEmpty(missing))
        {
            return;
        }

        lock (Gate)
        {
            if (Told.Add(missing))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Note)!);
                File.WriteAllLines(Note, Told);
            }
        }

        Assert.Skip(missing);
    }
}
