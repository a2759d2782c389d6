using System.Net;
using AngleSharp.Html.Dom;

namespace Sandbox.Browsing;

/// <summary>What a browser shows.</summary>
/// <param name="Url">Where the last redirect led.</param>
/// <param name="Source">The body as it came.</param>
public sealed record Page(string Url, HttpStatusCode Status, IHtmlDocument Document, string Source)
{
    /// <summary>What a person reads, white space collapsed.</summary>
    public string Text => string.Join(' ', (Document.Body?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A parameter of the address, from query or fragment; null when there is none.</summary>
    public string? Parameter(string name)
    {
        var address = new Uri(Url);
        return address.Query.TrimStart('?').Split('&').Concat(address.Fragment.TrimStart('#').Split('&'))
            .Select(pair => pair.Split('=', 2))
            .FirstOrDefault(pair => pair[0] == name)
            ?.ElementAtOrDefault(1) is { } value ? Uri.UnescapeDataString(value) : null;
    }

    /// <summary>Which of the companion's own pages this is, for example <c>good</c> or <c>expired</c>; null elsewhere.</summary>
    public string? State => Document.QuerySelector("main")?.GetAttribute("data-state");

    /// <summary>Whether the page has a form with all of these fields.</summary>
    public bool Has(params IEnumerable<string> fields) => Forms("form").Any(form => form.HasAll(fields));

    /// <summary>The value of a field in whichever form has it; null when there is none.</summary>
    public string? Value(string field) => Document.QuerySelector($"[name='{field}']")?.GetAttribute("value");

    internal PageForm FindForm(string selector, IEnumerable<string> fields) =>
        Forms(selector).FirstOrDefault(form => form.HasAll(fields))
        ?? throw new BrowsingException($"{new Uri(Url).AbsolutePath} ({(int)Status}) has no form with {string.Join(", ", fields)}. It says: {Excerpt()}");

    private IEnumerable<PageForm> Forms(string selector) =>
        Document.QuerySelectorAll(selector).OfType<IHtmlFormElement>().Select(form => new PageForm(form, Url));

    private string Excerpt() => Text.Length > 400 ? $"{Text[..400]}…" : Text;
}

/// <summary>A page is not what a person expected there.</summary>
public sealed class BrowsingException : SandboxException
{
    public BrowsingException()
    {
    }

    public BrowsingException(string message) : base(message)
    {
    }

    public BrowsingException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
