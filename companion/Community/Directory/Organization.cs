namespace Companion.Community.Directory;

/// <summary>An organisation as the identity provider knows it.</summary>
/// <param name="Alias">Never changes.</param>
/// <param name="Name">As people know it.</param>
/// <param name="Owners">Aliases of the organisations that own its content: whoever has rights there has them here too.</param>
public sealed record Organization(string Alias, string Name, bool Enabled, IReadOnlyList<string> Owners)
{
    internal bool IsNamed(string text) =>
        string.Equals(Alias, text, StringComparison.Ordinal) || string.Equals(Name, text, StringComparison.OrdinalIgnoreCase);
}
