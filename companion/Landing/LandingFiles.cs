using System.Reflection;

namespace Companion.Landing;

/// <summary>The files of folder Pages, which are part of the program.</summary>
internal static class LandingFiles
{
    public static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Companion.Landing.Pages.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
