using System.Buffers.Text;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace Companion.Hosting;

/// <summary>What is asked of an access token beside its signature, issuer and audience.</summary>
internal static class AccessToken
{
    public const string SubjectClaim = "sub";

    private const int LongestToken = 8 * 1024;

    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    /// <summary>Pins RS256: the token library of this version has no option for it.</summary>
    /// <returns>The id of the key that signed it; null for what no acceptable token looks like.</returns>
    public static string? ReadKeyId(string token)
    {
        if (token.Length > LongestToken || token.AsSpan().Count('.') != 2)
        {
            return null;
        }

        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(token.AsSpan(0, token.IndexOf('.', StringComparison.Ordinal))));
            return header.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("alg", out var algorithm) && algorithm.ValueEquals(SecurityAlgorithms.RsaSha256)
                && !root.TryGetProperty("crit", out _)
                && root.TryGetProperty("kid", out var keyId)
                    ? keyId.GetString()
                    : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <returns>Null when the token may be used here; else why not, for the log.</returns>
    public static string? Objection(ClaimsPrincipal principal, AuthenticationOptions options, DateTimeOffset now)
    {
        if (principal.FindFirstValue("typ") != JwtBearerDefaults.AuthenticationScheme)
        {
            return "not an access token";
        }

        if (principal.FindFirstValue("azp") is not { } party || !options.AuthorizedParties.Contains(party))
        {
            return "made for another client";
        }

        if (principal.HasClaim(claim => claim.Type == "cnf"))
        {
            // Bound to a key that its sender would have to prove; taken as plain bearer the binding were void.
            return "bound to a key";
        }

        if (!long.TryParse(principal.FindFirstValue("iat"), out var issuedAt) || issuedAt > (now + Skew).ToUnixTimeSeconds())
        {
            return "not issued yet";
        }

        return string.IsNullOrEmpty(principal.FindFirstValue(SubjectClaim)) ? "without subject" : null;
    }

    public static bool IsInTime(DateTime? notBefore, DateTime? expires, DateTimeOffset now) =>
        expires is { } end && end > (now - Skew).UtcDateTime && (notBefore is not { } begin || begin <= (now + Skew).UtcDateTime);

    /// <summary>A missing or malformed claim gives no right.</summary>
    public static bool HasRealmRole(ClaimsPrincipal principal, string role)
    {
        if (principal.FindFirstValue("realm_access") is not { } json)
        {
            return false;
        }

        using var access = JsonDocument.Parse(json);
        return access.RootElement is { ValueKind: JsonValueKind.Object } root
            && root.TryGetProperty("roles", out var roles)
            && roles.ValueKind == JsonValueKind.Array
            && roles.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.String && item.ValueEquals(role));
    }
}
