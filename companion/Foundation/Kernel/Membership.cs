namespace Companion.Foundation.Kernel;

/// <summary>What an account is to belong to, or belongs to.</summary>
/// <param name="Organization">Alias of a Keycloak organization; null for a group of the whole community.</param>
/// <param name="Group">
/// With an organisation the name of one of its role groups, e.g. User Managers; null for its members as such. Without one the path of a
/// realm group, e.g. /members.
/// </param>
public sealed record Membership(string? Organization = null, string? Group = null);
