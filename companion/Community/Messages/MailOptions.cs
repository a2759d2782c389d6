using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Mail;

namespace Companion.Community.Messages;

internal enum MailSecurity
{
    /// <summary>STARTTLS, without which nothing is said.</summary>
    StartTls,

    /// <summary>TLS from the first byte, as on port 465.</summary>
    Implicit,

    /// <summary>Clear text, for a mail server on the same machine.</summary>
    None,
}

internal enum MailAuthentication
{
    /// <summary>PLAIN where the server offers it, else LOGIN.</summary>
    Auto,
    Plain,
    Login,

    /// <summary>With an access token in place of the password.</summary>
    XOAuth2,
}

/// <summary>Configuration section Mail: the mail server that takes our mails.</summary>
[OptionsValidator]
internal sealed partial class MailOptions : IValidateOptions<MailOptions>
{
    public const string SectionName = "Mail";

    /// <summary>Empty: no mail is sent, and invites wait.</summary>
    public string Host { get; set; } = "";

    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    /// <summary>Empty: without a login.</summary>
    public string Username { get; set; } = "";

    public string Password { get; set; } = "";

    public MailAuthentication Authentication { get; set; }

    public MailOAuthOptions OAuth { get; set; } = new();

    public DkimOptions Dkim { get; set; } = new();

    /// <summary>Sender's address; its domain is that of the message ids.</summary>
    public string From { get; set; } = "";

    /// <summary>Sender's name; empty for the community's.</summary>
    [RegularExpression(@"\P{Cc}{0,80}", ErrorMessage = "{0} must be one line of at most 80 characters.")]
    public string FromName { get; set; } = "";

    /// <summary>Where answers go; empty for the sender.</summary>
    public string ReplyTo { get; set; } = "";

    public MailSecurity Security { get; set; } = MailSecurity.StartTls;

    /// <summary>How long the server may take to answer once it has the message. RFC 5321 asks for 10 minutes: giving up earlier means not knowing.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:30:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>A folder with edited copies of the templates; empty for those that came with the program.</summary>
    public string TemplateFolder { get; set; } = "";

    /// <summary>After an unknown outcome send the mail once more, with the same message id; otherwise the inviter decides.</summary>
    public bool ResendAfterUnknown { get; set; }

    public bool IsConfigured => Host.Length > 0;

    public string Domain => From[(From.LastIndexOf('@') + 1)..];

    /// <summary>A user name comes with what proves it, and the other way round.</summary>
    internal bool HasWholeLogin => Authentication == MailAuthentication.XOAuth2
        ? Username.Length > 0 && Password.Length == 0 && OAuth.IsWhole
        : Username.Length == 0 == (Password.Length == 0);

    internal static bool IsAddress(string value) =>
        MailAddress.TryCreate(value, out var address) && address.Address == value && value.All(char.IsAscii);

    internal static bool IsLoopback(string host) =>
        host == "localhost" || IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address);
}

/// <summary>Section Mail:OAuth: where access tokens for XOAUTH2 come from.</summary>
internal sealed class MailOAuthOptions
{
    /// <summary>A file that something else keeps a good token in; empty to fetch them.</summary>
    public string TokenFile { get; set; } = "";

    /// <summary>Token endpoint for client credentials (RFC 6749, section 4.4).</summary>
    public string TokenUrl { get; set; } = "";

    public string ClientId { get; set; } = "";

    public string ClientSecret { get; set; } = "";

    /// <summary>Empty for none.</summary>
    public string Scope { get; set; } = "";

    internal bool IsWhole => TokenFile.Length > 0
        ? TokenUrl.Length == 0
        : IsEndpoint(TokenUrl) && ClientId.Length > 0 && ClientSecret.Length > 0;

    /// <summary>A client's secret leaves the machine encrypted or not at all.</summary>
    private static bool IsEndpoint(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback);
}

/// <summary>Section Mail:Dkim: signing what is sent. All are set, or none.</summary>
internal sealed class DkimOptions
{
    /// <summary>Where receivers find the public key, below {Selector}._domainkey.</summary>
    public string Domain { get; set; } = "";

    public string Selector { get; set; } = "";

    /// <summary>Private RSA key in PEM.</summary>
    public string KeyFile { get; set; } = "";

    internal bool IsUsed => Domain.Length > 0 || Selector.Length > 0 || KeyFile.Length > 0;

    internal bool IsWhole => Domain.Length > 0 && Selector.Length > 0 && KeyFile.Length > 0;

    /// <summary>DMARC counts a signature only where it is of the sender's domain, or of one above.</summary>
    internal bool Covers(string domain) =>
        $".{domain}".EndsWith($".{Domain}", StringComparison.OrdinalIgnoreCase);
}
