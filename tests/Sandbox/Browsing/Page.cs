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
    public bool Has(params IEnumerable<string> fields) => AllForms.Any(form => form.HasAll(fields));

    /// <summary>The value of a field in whichever form has it; null when there is none.</summary>
    public string? Value(string field) => Document.QuerySelector($"[name='{field}']")?.GetAttribute("value");

    internal IEnumerable<PageForm> AllForms => Document.Forms.Select(form => new PageForm(form, Url));

    internal PageForm FindForm(IEnumerable<string> fields) =>
        AllForms.FirstOrDefault(form => form.HasAll(fields)) ?? throw Lacks($"form with {string.Join(", ", fields)}");

    internal PageForm FindForm(string selector) =>
        Document.QuerySelector(selector) is IHtmlFormElement form ? new(form, Url) : throw Lacks(selector);

    private BrowsingException Lacks(string what) =>
        new($"{new Uri(Url).AbsolutePath} ({(int)Status}) has no {what}. It says: {Excerpt()}");

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
