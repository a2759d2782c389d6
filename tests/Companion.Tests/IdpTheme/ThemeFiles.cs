namespace Companion.Tests.IdpTheme;

/// <summary>The theme as it lies in the repository; paths are relative to <c>idp-theme/</c>.</summary>
internal static class ThemeFiles
{
    internal static readonly string[] Roots = ["login", "theme-resources"];

    internal static string Read(string path) => Repository.Read("idp-theme", path);

    internal static string ReadContract() => Repository.Read("docs", "identity-provider.md");

    internal static bool Exists(string path) => File.Exists(Repository.PathOf("idp-theme", path));

    internal static IEnumerable<string> Under(string root, params string[] extensions)
    {
        var theme = Repository.PathOf("idp-theme");
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
}
