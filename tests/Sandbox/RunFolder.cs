namespace Sandbox;

/// <summary>
/// Where one run keeps its data and logs. Readable by other accounts, because PostgreSQL may have to run as one; secrets in it are
/// in files of their own with narrower rights. Deleted at the end unless something failed.
/// </summary>
public sealed class RunFolder : IDisposable
{
    private bool _keep;

    public RunFolder()
    {
        Root = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"companion-{Secrets.New()[..12]}")).FullName;
    }

    public string Root { get; }

    public string Sub(string name) => Directory.CreateDirectory(Path.Combine(Root, name)).FullName;

    public string File(string name) => Path.Combine(Root, name);

    /// <summary>Leaves the folder for a person to look into.</summary>
    public void Keep() => _keep = true;

    public void Dispose()
    {
        if (!_keep && Directory.Exists(Root))
        {
            Directory.Delete(Root, recursive: true);
        }
    }
}
