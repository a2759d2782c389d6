namespace StandIns.IdentityProvider;

/// <summary>A group of the realm; groups of organizations don't exist here.</summary>
internal sealed record Group(string Id, string Name, string Path, IReadOnlyList<string> Roles);

internal sealed class Organization(string name, string alias)
{
    public string Id { get; } = Random.Id();

    public string Name { get; } = name;

    public string Alias { get; } = alias;

    public IReadOnlyList<string> Domains { get; init; } = [];

    public HashSet<string> Members { get; } = new(StringComparer.Ordinal);
}

/// <summary>Aliases of the required actions that are known here.</summary>
internal static class RequiredAction
{
    public const string Approval = "invite-approval";

    public const string VerifyEmail = "VERIFY_EMAIL";
}
