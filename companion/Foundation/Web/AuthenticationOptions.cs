using System.ComponentModel.DataAnnotations;

namespace Companion.Foundation.Web;

/// <summary>Configuration section Authentication: whose access tokens the API takes.</summary>
[OptionsValidator]
internal sealed partial class AuthenticationOptions : IValidateOptions<AuthenticationOptions>
{
    public const string SectionName = "Authentication";

    /// <summary>The token's iss, compared as it is written; the realm's public address where nothing is said.</summary>
    [Required]
    public string Issuer { get; set; } = "";

    /// <summary>Where the issuer publishes its signing keys; at Keycloak:BaseUrl where nothing is said.</summary>
    public string JwksUri { get; set; } = "";

    /// <summary>Take the signing keys over plain HTTP from another machine, inside a network that is trusted.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>Must be in the token's aud.</summary>
    [Required]
    public string Audience { get; set; } = "companion-api";

    /// <summary>Clients whose tokens are taken (azp); the account console where nothing is said.</summary>
    [MinLength(1, ErrorMessage = "{0} must name at least one client.")]
    public IList<string> AuthorizedParties { get; } = [];

    /// <summary>Realm role that makes a moderator.</summary>
    public string ModeratorRole { get; set; } = "companion-moderator";

    /// <summary>Origins of the consoles that may call the API from a browser, e.g. https://id.example.org. None: no browser may.</summary>
    public IList<string> AllowedOrigins { get; } = [];

    internal bool HasUsableJwksUri =>
        Uri.TryCreate(JwksUri, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && (AllowHttp || uri.IsLoopback)));

    internal static bool IsOrigin(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri)
        && uri.Scheme is "https" or "http"
        && string.Equals(uri.GetLeftPart(UriPartial.Authority), value, StringComparison.Ordinal);
}
