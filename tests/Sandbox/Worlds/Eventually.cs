namespace Sandbox.Worlds;

/// <summary>Waiting for what real servers do in their own time.</summary>
public static class Eventually
{
    /// <summary>Long enough for a machine that does much else; only what never comes takes this long.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Asks until the answer is not null; after four minutes it fails with what was waited for.</summary>
    public static async Task<T> SeeAsync<T>(string what, Func<Task<T?>> ask, CancellationToken cancellationToken)
        where T : class
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (await ask() is { } answer)
            {
                return answer;
            }

            if (TimeProvider.System.GetElapsedTime(deadline) > Patience)
            {
                throw new SandboxException($"Waited {Patience.TotalSeconds:0} s in vain for this: {what}.");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>Asks until the answer is yes.</summary>
    public static Task BeTrueAsync(string what, Func<Task<bool>> ask, CancellationToken cancellationToken) =>
        SeeAsync(what, async () => await ask() ? what : null, cancellationToken);
}
