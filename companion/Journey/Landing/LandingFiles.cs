using System.Reflection;

namespace Companion.Journey.Landing;

/// <summary>The files of folder Pages, which are part of the program.</summary>
internal static class LandingFiles
{
    public static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Companion.Journey.Landing.Pages.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
