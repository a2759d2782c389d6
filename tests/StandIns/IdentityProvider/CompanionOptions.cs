using System.Globalization;

namespace StandIns.IdentityProvider;

/// <summary>The settings of the provider's SPI <c>companion</c>, from the environment as Keycloak takes them.</summary>
internal sealed record CompanionOptions(Uri Url, IReadOnlyList<byte[]> Keys, TimeSpan Timeout, int MaxParallel)
{
    private const string Prefix = "KC_SPI_COMPANION__DEFAULT__";

    private const string SecretPrefix = "whsec_";

    /// <returns>Null without usable settings: then nobody can register.</returns>
    public static CompanionOptions? From(IReadOnlyDictionary<string, string?> environment)
    {
        string? Get(string name) => environment.GetValueOrDefault($"{Prefix}{name}") is { Length: > 0 } value ? value : null;
        var keys = new[] { Get("SECRET"), Get("PREVIOUS_SECRET") }
            .Where(secret => secret?.StartsWith(SecretPrefix, StringComparison.Ordinal) == true)
            .Select(secret => Convert.FromBase64String(secret![SecretPrefix.Length..]))
            .ToList();
        return Get("URL") is { } url && keys.Count > 0
            ? new CompanionOptions(
                new Uri($"{url.TrimEnd('/')}/"),
                keys,
                TimeSpan.FromMilliseconds(int.Parse(Get("TIMEOUT_MILLIS") ?? "2000", CultureInfo.InvariantCulture)),
                int.Parse(Get("MAX_PARALLEL") ?? "16", CultureInfo.InvariantCulture))
            : null;
    }
}
