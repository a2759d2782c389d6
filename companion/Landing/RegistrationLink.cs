using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Companion.Landing;

/// <summary>The address at which the identity provider goes on with an invitee.</summary>
internal sealed class RegistrationLink(IOptions<RegistrationOptions> options)
{
    /// <summary>Scheme, host and port, as a Content-Security-Policy names them.</summary>
    public string Origin { get; } = new Uri(options.Value.RegistrationUrl).GetLeftPart(UriPartial.Authority);

    public string SignIn => options.Value.RedirectUri;

    public string For(string handle, string language) => QueryHelpers.AddQueryString(options.Value.RegistrationUrl, new Dictionary<string, string?>
    {
        ["client_id"] = options.Value.ClientId,
        ["response_type"] = "code",
        ["scope"] = "openid",
        ["redirect_uri"] = options.Value.RedirectUri,
        ["invite"] = handle,
        ["kc_locale"] = language,
    });
}
