namespace StandIns.IdentityProvider;

/// <summary>A group at the top of an organization; those below one don't exist here.</summary>
internal sealed record RoleGroup(string Name)
{
    public string Id { get; } = Random.Id();

    public HashSet<string> Members { get; } = new(StringComparer.Ordinal);
}

internal sealed class Organization(string name, string alias)
{
    public string Id { get; } = Random.Id();

    /// <summary>The group that all its groups are in, which nobody sees.</summary>
    public string TopGroupId { get; } = Random.Id();

    public string Name { get; set; } = name;

    public string Alias { get; } = alias;

    public bool Enabled { get; set; } = true;

    public string? Description { get; set; }

    public IReadOnlyList<string> Domains { get; set; } = [];

    public Dictionary<string, List<string>> Attributes { get; set; } = new(StringComparer.Ordinal);

    public HashSet<string> Members { get; } = new(StringComparer.Ordinal);

    public List<RoleGroup> Groups { get; } = [];

    /// <param name="role">A role group, made where it is missing; null for the organization alone.</param>
    /// <returns>Whether anything is new.</returns>
    public bool Join(string accountId, string? role)
    {
        var joined = Members.Add(accountId);
        return (role is not null && Ensure(role).Members.Add(accountId)) || joined;
    }

    /// <summary>Out of all its groups too.</summary>
    public bool Leave(string accountId)
    {
        Groups.ForEach(group => group.Members.Remove(accountId));
        return Members.Remove(accountId);
    }

    private RoleGroup Ensure(string name)
    {
        var group = Groups.Find(group => group.Name == name);
        if (group is null)
        {
            group = new RoleGroup(name);
            Groups.Add(group);
        }

        return group;
    }
}
