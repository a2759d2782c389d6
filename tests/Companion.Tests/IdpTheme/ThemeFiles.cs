namespace Companion.Tests.IdpTheme;

/// <summary>The theme as it lies in the repository; paths are relative to <c>idp-theme/</c>.</summary>
internal static class ThemeFiles
{
    internal static readonly string[] Roots = ["login", "theme-resources"];

    private static readonly string Repository = FindRepository();

    internal static string Read(string path) => File.ReadAllText(Path.Combine(Repository, "idp-theme", path));

    internal static string ReadContract() => File.ReadAllText(Path.Combine(Repository, "docs", "identity-provider.md"));

    internal static bool Exists(string path) => File.Exists(Path.Combine(Repository, "idp-theme", path));

    internal static IEnumerable<string> Under(string root, params string[] extensions)
    {
        var theme = Path.Combine(Repository, "idp-theme");
        return new DirectoryInfo(Path.Combine(theme, root)).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => file.FullName)
            .Where(file => extensions.Contains(Path.GetExtension(file)))
            .Select(file => Path.GetRelativePath(theme, file));
    }

    internal static Dictionary<string, string> Messages(string root, string language) =>
        Read(Path.Combine(root, "messages", $"messages_{language}.properties"))
            .Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('=', 2))
            .ToDictionary(parts => parts[0], parts => parts[1]);

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Companion.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests must run from inside the repository.");
    }
}
