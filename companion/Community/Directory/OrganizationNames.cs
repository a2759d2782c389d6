namespace Companion.Community.Directory;

/// <summary>What people call organisations, as far as it could be read.</summary>
internal sealed class OrganizationNames(IReadOnlyDictionary<string, Organization> organizations)
{
    public ShownMembership Show(Membership membership) => new(
        membership.Organization,
        membership.Organization is { } alias ? organizations.GetValueOrDefault(alias)?.Name ?? alias : null,
        membership.Group);
}

/// <summary>A membership for people to read.</summary>
/// <param name="Organization">Alias; null for a group of the whole community.</param>
/// <param name="OrganizationName">The alias where the name can't be read now.</param>
internal sealed record ShownMembership(string? Organization, string? OrganizationName, string? Group);
