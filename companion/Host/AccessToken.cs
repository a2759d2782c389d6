using System.Security.Claims;
using Companion.Foundation.Web;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Companion.Host;

/// <summary>
/// An access token whose signature, algorithm, type, issuer and audience the token library has checked. What the library reads leniently or
/// by the system's clock is checked here.
/// </summary>
internal sealed class AccessToken(JsonWebToken token)
{
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    private readonly TokenClaims? _header = TokenClaims.Read(token.EncodedHeader);

    private readonly TokenClaims? _payload = TokenClaims.Read(token.EncodedPayload);

    /// <returns>Null when the token may be used here; else why not, for the log.</returns>
    public string? Objection(ITokenRules rules, DateTimeOffset now) =>
        _header is null || _payload is null ? "readable in two ways"
        : _header.Has("crit") ? "with a header that must be understood"
        : ObjectionToTimes(_payload, now)
        ?? (string.IsNullOrEmpty(_payload.Text(Caller.SubjectClaim)) ? "without subject" : rules.Objection(_payload));

    /// <summary>Who calls, by a token without objection: the subject and the roles, and nothing else of the token.</summary>
    public ClaimsPrincipal Principal(ITokenRules rules) => Caller.PrincipalOf(_payload!.Text(Caller.SubjectClaim)!, rules.RolesOf(_payload));

    private static string? ObjectionToTimes(TokenClaims payload, DateTimeOffset now)
    {
        var (earliest, latest) = ((now - Skew).ToUnixTimeSeconds(), (now + Skew).ToUnixTimeSeconds());
        return payload.Time("iat") is not { } issued || issued > latest ? "not issued yet"
            : payload.Time("exp") is not { } end || end <= earliest ? "expired"
            : payload.Has("nbf") && (payload.Time("nbf") is not { } begin || begin > latest) ? "not valid yet"
            : null;
    }
}
