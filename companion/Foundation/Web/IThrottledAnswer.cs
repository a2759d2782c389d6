namespace Companion.Foundation.Web;

/// <summary>Metadata of endpoints that people meet in a browser: what they are told in place of Problem Details when they come too often.</summary>
internal interface IThrottledAnswer
{
    /// <summary>Writes the whole answer; status 429 and Retry-After are set already.</summary>
    Task WriteAsync(HttpContext http);
}
