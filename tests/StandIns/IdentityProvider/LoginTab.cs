using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace StandIns.IdentityProvider;

/// <summary>One tab of a browser between a client's request and its end: signing in or registering.</summary>
internal sealed class LoginTab(BrowserSession browser, AuthorizationRequest request)
{
    public BrowserSession Browser { get; } = browser;

    public AuthorizationRequest Request { get; } = request;

    public string Id { get; } = Random.Short();

    /// <summary>Has to come with the next form; new for every page.</summary>
    public string SessionCode { get; private set; } = Random.Token();

    public bool IsRegistering { get; set; }

    /// <summary>What the gate let in; null before.</summary>
    public Invitation? Invitation { get; set; }

    /// <summary>The name given in the first of two steps.</summary>
    public string? GivenName { get; set; }

    /// <summary>Who this is, once that is known and something is still to be done.</summary>
    public Account? Account { get; set; }

    /// <summary>The address that a link to confirm it was sent to; null before.</summary>
    public string? MailedTo { get; set; }

    public bool IsFinished { get; set; }

    /// <summary>An old form was sent: the next page says so.</summary>
    public bool IsExpired { get; set; }

    /// <summary>The same for every attempt in this tab, and for nobody else.</summary>
    public string ClaimKey => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{Browser.Id}.{Id}")));

    public string Language =>
        new[] { Request.Language, Invitation?.Language, Account?.Attribute("locale") }.FirstOrDefault(Messages.Speaks) ?? Messages.Fallback;

    public string NewSessionCode() => SessionCode = Random.Token();
}
