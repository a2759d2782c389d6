using System.Buffers.Text;
using System.Security.Claims;
using System.Text.Json;
using Companion.Foundation.Kernel;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace Companion.Host;

/// <summary>
/// An access token as this service reads it, once and strictly: what could be read in two ways is not read. Its signature, issuer and
/// audience are the token library's part.
/// </summary>
internal sealed class AccessToken
{
    public const string SubjectClaim = "sub";

    private const string RoleClaim = "realm_role";

    private const int LongestToken = 8 * 1024;

    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Of the header: Keycloak's own, and that of RFC 9068.</summary>
    private static readonly string[] Types = ["JWT", "at+jwt"];

    private readonly JsonElement _payload;

    private AccessToken(string keyId, JsonElement payload)
    {
        KeyId = keyId;
        _payload = payload;
    }

    /// <summary>Of the key that signed it.</summary>
    public string KeyId { get; }

    /// <summary>Pins RS256: the token library of this version has no option for it.</summary>
    /// <returns>Null for what no acceptable token looks like.</returns>
    public static AccessToken? Read(string token)
    {
        if (token.Length > LongestToken || token.Split('.') is not [var first, var second, _])
        {
            return null;
        }

        try
        {
            var (header, payload) = (Object(first), Object(second));
            return Text(header, "alg") == SecurityAlgorithms.RsaSha256
                && Types.Contains(Text(header, "typ"), StringComparer.OrdinalIgnoreCase)
                && !header.TryGetProperty("crit", out _)
                && Text(header, "kid") is { } keyId
                    ? new AccessToken(keyId, payload)
                    : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <returns>Null when the token may be used here; else why not, for the log.</returns>
    public string? Objection(AuthenticationOptions options, DateTimeOffset now)
    {
        var (earliest, latest) = ((now - Skew).ToUnixTimeSeconds(), (now + Skew).ToUnixTimeSeconds());
        return Text(_payload, "typ") != JwtBearerDefaults.AuthenticationScheme ? "not an access token"
            : Text(_payload, "azp") is not { } party || !options.AuthorizedParties.Contains(party) ? "made for another client"
            // Bound to a key that its sender would have to prove; taken as plain bearer the binding were void.
            : _payload.TryGetProperty("cnf", out _) ? "bound to a key"
            : Time("iat") is not { } issued || issued > latest ? "not issued yet"
            : Time("exp") is not { } end || end <= earliest ? "expired"
            : _payload.TryGetProperty("nbf", out _) && (Time("nbf") is not { } begin || begin > latest) ? "not valid yet"
            : string.IsNullOrEmpty(Text(_payload, SubjectClaim)) ? "without subject"
            : null;
    }

    /// <summary>Who calls: the subject and the realm roles, and nothing else of the token. Roles in another form than the issuer's give no right.</summary>
    public ClaimsPrincipal Principal()
    {
        var roles = _payload.TryGetProperty("realm_access", out var access) && access.ValueKind == JsonValueKind.Object
            && access.TryGetProperty("roles", out var list) && list.ValueKind == JsonValueKind.Array
                ? list.EnumerateArray().Select(Text).OfType<string>()
                : [];
        return new ClaimsPrincipal(new ClaimsIdentity(
            roles.Select(role => new Claim(RoleClaim, role)).Prepend(new Claim(SubjectClaim, Text(_payload, SubjectClaim)!)),
            JwtBearerDefaults.AuthenticationScheme,
            SubjectClaim,
            RoleClaim));
    }

    public static bool HasRealmRole(ClaimsPrincipal principal, string role) => principal.HasClaim(RoleClaim, role);

    private static JsonElement Object(string part)
    {
        using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(part), Strict);
        return document.RootElement is { ValueKind: JsonValueKind.Object } root ? root.Clone() : throw new JsonException();
    }

    /// <summary>Whole seconds since 1970, as the issuer writes them.</summary>
    private long? Time(string name) =>
        _payload.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) ? seconds : null;

    private static string? Text(JsonElement holder, string name) => holder.TryGetProperty(name, out var value) ? Text(value) : null;

    private static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String && value.GetString() is { } text && StorableText.Is(text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair
        }
    }
}
