using System.Net;
using AngleSharp.Html.Parser;

namespace Sandbox.Browsing;

/// <summary>
/// One person's browser without script: cookies, redirects, forms. The servers here speak plain HTTP on loopback and still mark their
/// cookies Secure, which this browser overlooks.
/// </summary>
public sealed class Browser : IDisposable
{
    private const int MostRedirects = 10;
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly CookieJar _cookies = new();
    private readonly HtmlParser _parser = new();

    public Browser()
    {
        _client.DefaultRequestHeaders.Add("Accept", "text/html");
        _client.DefaultRequestHeaders.Add("Accept-Language", "en");
        _client.DefaultRequestHeaders.Add("User-Agent", "Mozilla/5.0 (Sandbox)");
    }

    public Task<Page> OpenAsync(string url, CancellationToken cancellationToken) =>
        FollowAsync(() => new HttpRequestMessage(HttpMethod.Get, new Uri(url)), cancellationToken);

    /// <summary>Sends exactly this request with the browser's cookies and follows where it leads.</summary>
    public Task<Page> PostAsync(string url, IEnumerable<KeyValuePair<string, string>> fields, CancellationToken cancellationToken) =>
        FollowAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url)) { Content = new FormUrlEncodedContent(fields) };
                var origin = request.RequestUri!.GetLeftPart(UriPartial.Authority);
                request.Headers.Add("Origin", origin);
                return request;
            },
            cancellationToken);

    /// <summary>Fills in the page's form that has such fields and submits it; its other fields keep their values.</summary>
    public Task<Page> SubmitAsync(Page page, IReadOnlyDictionary<string, string> answers, CancellationToken cancellationToken) =>
        SubmitAsync(page.FindForm(answers.Keys), answers, cancellationToken);

    /// <summary>Submits the form that a CSS selector finds, with answers to fields that it has and to fields that it has not.</summary>
    public Task<Page> SubmitAsync(
        Page page, string selector, IReadOnlyDictionary<string, string> answers, CancellationToken cancellationToken) =>
        SubmitAsync(page.FindForm(selector), answers, cancellationToken);

    /// <summary>Submits every form of the page as it stands, as a curious machine would.</summary>
    public async Task SubmitAllAsync(Page page, CancellationToken cancellationToken)
    {
        foreach (var form in page.AllForms)
        {
            await SubmitAsync(form, new Dictionary<string, string>(), cancellationToken);
        }
    }

    public void Dispose() => _client.Dispose();

    private Task<Page> SubmitAsync(PageForm form, IReadOnlyDictionary<string, string> answers, CancellationToken cancellationToken)
    {
        var fields = form.Fill(answers);
        return form.IsPost
            ? PostAsync(form.Action, fields, cancellationToken)
            : OpenAsync($"{form.Action.Split('?')[0]}?{string.Join('&', fields.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}"))}", cancellationToken);
    }

    private async Task<Page> FollowAsync(Func<HttpRequestMessage> first, CancellationToken cancellationToken)
    {
        var make = first;
        for (var count = 0; count <= MostRedirects; count++)
        {
            using var request = make();
            var address = request.RequestUri!;
            if (_cookies.For(address) is { Length: > 0 } header)
            {
                request.Headers.Add("Cookie", header);
            }

            using var answer = await _client.SendAsync(request, cancellationToken);
            _cookies.Take(address, answer);
            if (answer.StatusCode is not (HttpStatusCode.Found or HttpStatusCode.SeeOther) || answer.Headers.Location is not { } location)
            {
                return await ReadAsync(address, answer, cancellationToken);
            }

            var next = new Uri(address, location);
            make = () => new HttpRequestMessage(HttpMethod.Get, next);
        }

        throw new BrowsingException($"More than {MostRedirects} redirects in a row.");
    }

    private async Task<Page> ReadAsync(Uri address, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return new(address.AbsoluteUri, answer.StatusCode, await _parser.ParseDocumentAsync(text, cancellationToken), text);
    }
}
