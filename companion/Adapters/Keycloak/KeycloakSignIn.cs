using System.Buffers.Text;
using System.Security.Cryptography;
using Companion.Community.Directory;
using Microsoft.AspNetCore.WebUtilities;

namespace Companion.Adapters.Keycloak;

/// <summary>Keycloak's registration endpoint and its account console.</summary>
internal sealed class KeycloakSignIn(IOptions<KeycloakOptions> options) : ISignIn
{
    public string Tenant => options.Value.Realm;

    public string Origin { get; } = new Uri(options.Value.PublicUrl).GetLeftPart(UriPartial.Authority);

    public string Url { get; } = $"{KeycloakPaths.Realm(options.Value.PublicUrl, options.Value.Realm)}/account/";

    public string ApprovalsUrl => $"{Url}moderation/approvals";

    public string InvitationsUrl => $"{Url}invitations";

    public string RegisterUrl(string handle, string language) => QueryHelpers.AddQueryString(
        $"{KeycloakPaths.Realm(options.Value.PublicUrl, options.Value.Realm)}/protocol/openid-connect/registrations",
        new Dictionary<string, string?>
        {
            ["client_id"] = options.Value.JoinClientId,
            ["response_type"] = "code",
            ["scope"] = "openid",
            ["redirect_uri"] = $"{Url}welcome",
            ["invite"] = handle,
            ["kc_locale"] = language,
            // Nobody has the verifier: the code that comes of it is of no use, and none is wanted.
            ["code_challenge"] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)),
            ["code_challenge_method"] = "S256",
        });
}
