using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace StandIns.Mail;

/// <summary>A sink's mails as web pages on 127.0.0.1.</summary>
public sealed partial class MailInbox : IAsyncDisposable
{
    // A mail's own markup runs no script and can't see this page; its links open in a new tab.
    private const string MailPolicy = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";
    private const string PagePolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'";
    private readonly WebApplication _application;
    private readonly MailSink _sink;

    private MailInbox(MailSink sink)
    {
        _sink = sink;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _application = builder.Build();
        _application.MapGet("/", () => Page("Inbox", List()));
        _application.MapGet("/{number:int}", (int number) => Show(number, mail => Page(mail.Subject, Details(mail))));
        _application.MapGet("/{number:int}/html", (int number) =>
            Show(number, mail => new InboxPage($"<base target=\"_blank\">{mail.Html}", MailPolicy)));
        _application.MapGet("/{number:int}/source", (int number) => Show(number, mail => Results.Text(mail.Source)));
    }

    public string Url => _application.Urls.Single();

    public static async Task<MailInbox> StartAsync(MailSink sink, CancellationToken cancellationToken)
    {
        var inbox = new MailInbox(sink);
        await inbox._application.StartAsync(cancellationToken);
        return inbox;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private IResult Show(int number, Func<ReceivedMail, IResult> page) =>
        _sink.Mails.FirstOrDefault(mail => mail.Number == number) is { } found ? page(found) : Results.NotFound();

    private string List()
    {
        var rows = _sink.Mails.Reverse().Select(mail => string.Create(
            CultureInfo.InvariantCulture,
            $"<tr><td>{mail.ReceivedAt:HH:mm:ss}<td>{Encode(string.Join(", ", mail.Recipients))}<td><a href=\"/{mail.Number}\">{Encode(mail.Subject)}</a>"));
        return $"<table><tr><th>when<th>to<th>subject{string.Concat(rows)}</table>";
    }

    private static string Details(ReceivedMail mail)
    {
        var number = mail.Number.ToString(CultureInfo.InvariantCulture);
        var text = Address().Replace(Encode(mail.Text), "<a href=\"$0\" target=\"_blank\" rel=\"noreferrer\">$0</a>");
        return $"""
            <p><a href="/">inbox</a> · <a href="/{number}/source">source</a></p>
            <p>From {Encode(mail.Content.Header("From") ?? mail.Sender)} to {Encode(string.Join(", ", mail.Recipients))}{(mail.Encrypted ? ", over TLS" : "")}</p>
            <h2>Text</h2><pre>{text}</pre>
            <h2>HTML</h2><iframe title="HTML part" src="/{number}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
            """;
    }

    private static InboxPage Page(string title, string body) => new($"""
        <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Encode(title)}</title>
        <style>body{"{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"}td,th{"{text-align:left;padding:.2rem 1rem .2rem 0}"}
        pre{"{white-space:pre-wrap;overflow-wrap:anywhere}"}iframe{"{width:100%;height:40rem;border:1px solid #999}"}</style>
        <h1>{Encode(title)}</h1>{body}</html>
        """, PagePolicy);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    [GeneratedRegex(@"https?://[^\s<>&]+(?:&amp;[^\s<>&]+)*")]
    private static partial Regex Address();
}
