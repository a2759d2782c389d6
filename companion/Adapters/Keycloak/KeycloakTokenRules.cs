using Companion.Foundation.Web;

namespace Companion.Adapters.Keycloak;

/// <summary>Keycloak signs tokens of many kinds with one key, for all of the realm's clients.</summary>
internal sealed class KeycloakTokenRules(IOptions<AuthenticationOptions> options) : ITokenRules
{
    private const string AccessTokenType = "Bearer";

    public string? Objection(TokenClaims payload) =>
        payload.Text("typ") != AccessTokenType ? "not an access token"
        : payload.Text("azp") is not { } client || !options.Value.AuthorizedParties.Contains(client) ? "made for another client"
        // Bound to a key that its sender would have to prove; taken as plain bearer the binding were void.
        : payload.Has("cnf") ? "bound to a key"
        : null;

    public IEnumerable<string> RolesOf(TokenClaims payload) => payload.Part("realm_access")?.Texts("roles") ?? [];
}
