namespace Companion.Foundation.Kernel;

/// <summary>Groups of the community by path, e.g. /members/berlin.</summary>
internal static class GroupPath
{
    /// <summary>The group itself, or one below it.</summary>
    public static bool Covers(string path, string group) =>
        group.StartsWith(path, StringComparison.Ordinal) && (group.Length == path.Length || group[path.Length] == '/');
}
