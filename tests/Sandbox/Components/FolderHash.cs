using System.Security.Cryptography;
using System.Text;

namespace Sandbox.Components;

/// <summary>A short name for the content of files, so that what was built from them can be found again.</summary>
internal static class FolderHash
{
    private static readonly HashSet<string> BuildOutput = ["target", "node_modules", "dist"];

    /// <summary>The files of a source folder without what builds leave behind, as relative paths.</summary>
    public static IReadOnlyList<string> Sources(string folder) =>
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder, file))
                .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(BuildOutput.Contains))
                .Order(StringComparer.Ordinal),
        ];

    public static void Copy(string folder, IReadOnlyList<string> files, string target)
    {
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(target, file))!);
            File.Copy(Path.Combine(folder, file), Path.Combine(target, file));
        }
    }

    public static async Task<string> OfAsync(string folder, IEnumerable<string> files, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file));
            hash.AppendData(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(folder, file), cancellationToken)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
