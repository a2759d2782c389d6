namespace Companion.Tests;

/// <summary>
/// Texts that people get, kept as they were approved in folder Approved beside the test. To change one, run the test with
/// COMPANION_WRITE_APPROVED=1 and look at the difference.
/// </summary>
internal static class Approved
{
    /// <param name="folder">The test's, below the project.</param>
    public static void ShouldBe(string text, string folder, string file)
    {
        var path = Repository.PathOf("tests", "Companion.Tests", folder, "Approved", file);
        if (Environment.GetEnvironmentVariable("COMPANION_WRITE_APPROVED") == "1")
        {
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        text.ShouldBe(File.ReadAllText(path), file);
    }
}
