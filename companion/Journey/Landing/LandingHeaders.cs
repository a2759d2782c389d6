using Companion.Community.Directory;

namespace Companion.Journey.Landing;

/// <summary>What every answer here says to browsers, caches and search engines. The pages need no cookie, and get none.</summary>
internal sealed class LandingHeaders(ISignIn signIn)
{
    /// <summary>form-action names the identity provider because the button's answer redirects there.</summary>
    private readonly string _policy =
        $"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self' {signIn.Origin}; "
        + "frame-ancestors 'none'; base-uri 'none'";

    public void Apply(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = _policy;
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        headers["X-Robots-Tag"] = "noindex, nofollow, noarchive";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }
}
