namespace Sandbox.Browsing;

/// <summary>Cookies per host and port. Servers of one run share 127.0.0.1 and differ by port only, so the port counts here.</summary>
internal sealed class CookieJar
{
    private readonly Dictionary<(string Authority, string Name, string Path), string> _cookies = [];

    public string For(Uri address) =>
        string.Join("; ", _cookies
            .Where(cookie => cookie.Key.Authority == address.Authority && address.AbsolutePath.StartsWith(cookie.Key.Path, StringComparison.Ordinal))
            .OrderByDescending(cookie => cookie.Key.Path.Length)
            .Select(cookie => $"{cookie.Key.Name}={cookie.Value}"));

    public void Take(Uri address, HttpResponseMessage answer)
    {
        if (!answer.Headers.TryGetValues("Set-Cookie", out var lines))
        {
            return;
        }

        foreach (var line in lines)
        {
            var parts = line.Split(';', StringSplitOptions.TrimEntries);
            var pair = parts[0].Split('=', 2);
            var path = parts.FirstOrDefault(part => part.StartsWith("Path=", StringComparison.OrdinalIgnoreCase))?[5..] ?? "/";
            var key = (address.Authority, pair[0], path.TrimEnd('/'));
            if (IsRemoval(parts))
            {
                _cookies.Remove(key);
            }
            else
            {
                _cookies[key] = pair.ElementAtOrDefault(1) ?? "";
            }
        }
    }

    private static bool IsRemoval(string[] parts) =>
        parts.Any(part => part.Equals("Max-Age=0", StringComparison.OrdinalIgnoreCase)
            || part.StartsWith("Expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase));
}
