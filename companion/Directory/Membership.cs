namespace Companion.Directory;

/// <summary>What an account is to belong to.</summary>
/// <param name="Organization">Alias of a Keycloak organization, or null.</param>
/// <param name="Group">Path of a group, e.g. /members, or null. Not both null.</param>
public sealed record Membership(string? Organization = null, string? Group = null);
