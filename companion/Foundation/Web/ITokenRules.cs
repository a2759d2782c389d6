namespace Companion.Foundation.Web;

/// <summary>
/// What one kind of identity provider writes into its access tokens, beyond what all of them have: signature, issuer, audience, subject and
/// times.
/// </summary>
internal interface ITokenRules
{
    /// <param name="payload">Of a token whose signature is good.</param>
    /// <returns>Null when the token may be used here; else why not, for the log.</returns>
    string? Objection(TokenClaims payload);

    /// <returns>The caller's roles. In another form than the issuer's they give no right.</returns>
    IEnumerable<string> RolesOf(TokenClaims payload);
}
