using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace StandIns.IdentityProvider;

/// <summary>Proof that who redeems a code is who asked for it (S256).</summary>
internal static partial class Pkce
{
    public static string ChallengeOf(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    public static bool IsWellFormed(string value) => Form().IsMatch(value);

    /// <returns>What is wrong, in Keycloak's words; null when nothing is.</returns>
    public static string? Check(string? challenge, string? verifier) => (challenge, verifier) switch
    {
        (null, null) => null,
        (null, _) => "PKCE code verifier specified but challenge not present in authorization",
        (_, null) => "PKCE code verifier not specified",
        _ when !IsWellFormed(verifier) => "PKCE verification failed: Invalid code verifier",
        _ when ChallengeOf(verifier) != challenge => "PKCE verification failed: Code mismatch",
        _ => null,
    };

    [GeneratedRegex(@"^[0-9A-Za-z\-._~]{43,128}$")]
    private static partial Regex Form();
}
