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

    /// <summary>Leaves the folder for a person to look into, with the failure's details in a file.</summary>
    public void Keep(Exception? failure = null)
    {
        _keep = true;
        if (failure is not null)
        {
            System.IO.File.WriteAllText(File("failure.txt"), failure.ToString());
        }
    }

    public void Dispose()
    {
        if (!_keep && Directory.Exists(Root))
        {
            Directory.Delete(Root, recursive: true);
        }
    }
}
