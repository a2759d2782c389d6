namespace Sandbox.Components;

/// <summary>A folder of finished things. An entry appears whole or not at all, also when several processes want it at once.</summary>
internal sealed class ComponentCache(string root)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public string PathOf(string name) => Path.Combine(root, name);

    public bool Has(string name) => Directory.Exists(PathOf(name));

    /// <summary>Returns the entry; when it is missing, <paramref name="fill"/> makes it in an empty folder and returns the folder to keep.</summary>
    public async Task<string> EnsureAsync(string name, Func<string, Task<string>> fill, CancellationToken cancellationToken)
    {
        if (Has(name))
        {
            return PathOf(name);
        }

        Directory.CreateDirectory(root);
        await using var _ = await LockAsync(PathOf($".{name}.lock"), cancellationToken);
        if (Has(name))
        {
            return PathOf(name);
        }

        var unfinished = PathOf($".{name}.new");
        DeleteIfThere(unfinished);
        Directory.CreateDirectory(unfinished);
        try
        {
            Directory.Move(await fill(unfinished), PathOf(name));
        }
        finally
        {
            DeleteIfThere(unfinished);
        }

        return PathOf(name);
    }

    private static void DeleteIfThere(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The operating system drops the lock with the process that held it.
    private static async Task<FileStream> LockAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }
}
