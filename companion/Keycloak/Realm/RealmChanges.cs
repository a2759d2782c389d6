namespace Companion.Keycloak.Realm;

/// <summary>What is different, told line by line, and put right unless this is a dry run.</summary>
internal sealed class RealmChanges(TextWriter output, bool dryRun)
{
    public int Count { get; private set; }

    /// <returns>Whether it was done, so that what rests on it can be looked at.</returns>
    public async Task<bool> MakeAsync(string what, Func<Task> change)
    {
        Count++;
        await output.WriteLineAsync($"{(dryRun ? "would" : "will")} {what}");
        if (dryRun)
        {
            return false;
        }

        await change();
        return true;
    }

    /// <summary>Something that we must not change and that lets people in without an invite.</summary>
    public Task WarnAsync(string what) => output.WriteLineAsync($"warning: {what}");
}
