using System.Security.Cryptography;

namespace StandIns.IdentityProvider;

/// <summary>What the stand-in is started with: the same that a Keycloak with our provider and theme is started with.</summary>
/// <param name="RealmFile">The realm as code; <c>${NAME}</c> and <c>${NAME:default}</c> in it are replaced from the environment.</param>
/// <param name="ThemeFolder">The repository's theme, whose texts the pages speak.</param>
/// <param name="Environment">Placeholders of the realm file and the provider's settings (<c>KC_SPI_COMPANION__DEFAULT__…</c>); <c>COMPANION_URL</c> is the theme's too.</param>
public sealed record IdentityProviderPlan(string RealmFile, string ThemeFolder, IReadOnlyDictionary<string, string?> Environment)
{
    /// <summary>
    /// The account console as it was built: the bundle in <c>dist</c>, and in <c>vendor</c> what Keycloak serves with it. Null: in its place
    /// is a page that says who is signed in.
    /// </summary>
    public string? ConsoleFolder { get; init; }

    /// <summary>Password of the account <c>admin</c> in realm <c>master</c>.</summary>
    public string AdminPassword { get; init; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
