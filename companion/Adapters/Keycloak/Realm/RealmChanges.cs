namespace Companion.Adapters.Keycloak.Realm;

/// <summary>Something of a realm that is not as registration by invitation needs it.</summary>
/// <param name="Text">What is done about it, in the infinitive; of a warning the whole sentence.</param>
/// <param name="IsWarning">It lets people in without an invite, and is not ours to change.</param>
internal sealed record RealmDifference(string Text, bool IsWarning);

/// <summary>What is different: told as it is found, and put right unless this is a dry run.</summary>
internal sealed class RealmChanges(Action<RealmDifference> tell, bool dryRun)
{
    public int Count { get; private set; }

    /// <returns>Whether it was done, so that what rests on it can be looked at.</returns>
    public async Task<bool> MakeAsync(string what, Func<Task> change)
    {
        Count++;
        tell(new RealmDifference(what, IsWarning: false));
        if (dryRun)
        {
            return false;
        }

        await change();
        return true;
    }

    public void Warn(string what) => tell(new RealmDifference(what, IsWarning: true));
}
