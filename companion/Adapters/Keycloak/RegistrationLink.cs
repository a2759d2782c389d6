using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Companion.Adapters.Keycloak;

/// <summary>The addresses at which browsers go on at the identity provider: to register by an invite, and to sign in.</summary>
internal sealed class RegistrationLink(IOptions<KeycloakOptions> options)
{
    /// <summary>Scheme, host and port, as a Content-Security-Policy names them.</summary>
    public string Origin { get; } = new Uri(options.Value.PublicUrl).GetLeftPart(UriPartial.Authority);

    /// <summary>The account console, where members sign in.</summary>
    public string SignIn { get; } = $"{KeycloakPaths.Realm(options.Value.PublicUrl, options.Value.Realm)}/account/";

    /// <summary>The moderators' queue.</summary>
    public string Approvals => $"{SignIn}moderation/approvals";

    /// <summary>The member's own invitations.</summary>
    public string Invitations => $"{SignIn}invitations";

    /// <summary>Who has registered lands on the console's page for newcomers.</summary>
    public string For(string handle, string language) => QueryHelpers.AddQueryString(
        $"{KeycloakPaths.Realm(options.Value.PublicUrl, options.Value.Realm)}/protocol/openid-connect/registrations",
        new Dictionary<string, string?>
        {
            ["client_id"] = options.Value.JoinClientId,
            ["response_type"] = "code",
            ["scope"] = "openid",
            ["redirect_uri"] = $"{SignIn}welcome",
            ["invite"] = handle,
            ["kc_locale"] = language,
            // Nobody has the verifier: the code that comes of it is of no use, and none is wanted.
            ["code_challenge"] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)),
            ["code_challenge_method"] = "S256",
        });
}
