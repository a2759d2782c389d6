using Companion.Foundation.Kernel;
using HandlebarsDotNet;
using Microsoft.Extensions.Options;

namespace Companion.Community.Messages;

/// <summary>
/// The mails' templates: files {language}/{name}.{subject|txt|html}.hbs, compiled once. Values are data and never templates;
/// in HTML they are escaped.
/// </summary>
internal sealed class MailTemplates
{
    private static readonly string[] Languages = ["en", "de"];

    private static readonly string[] Names = ["invite", .. NoticeTemplates.All];

    private readonly Dictionary<(string Language, string Name), Template> _templates = [];
    private readonly CommunityOptions _community;

    /// <exception cref="InvalidOperationException">A file is missing or is no template; the message names it.</exception>
    public MailTemplates(IOptions<MailOptions> options, IOptions<CommunityOptions> community)
    {
        _community = community.Value;
        var folder = options.Value.TemplateFolder.Length > 0 ? options.Value.TemplateFolder : ShippedFolder;
        var plain = Handlebars.Create(new HandlebarsConfiguration { NoEscape = true });
        var html = Handlebars.Create(new HandlebarsConfiguration { TextEncoder = new HtmlValues() });
        html.RegisterTemplate("top", Read(folder, "top.html.hbs"));
        html.RegisterTemplate("bottom", Read(folder, "bottom.html.hbs"));
        foreach (var language in Languages)
        {
            foreach (var name in Names)
            {
                _templates[(language, name)] = new Template(
                    Compile(plain, folder, $"{language}/{name}.subject.hbs"),
                    Compile(plain, folder, $"{language}/{name}.txt.hbs"),
                    Compile(html, folder, $"{language}/{name}.html.hbs"));
            }
        }
    }

    internal static string ShippedFolder => Path.Combine(AppContext.BaseDirectory, "Community", "Messages", "Templates");

    /// <summary>The language that there are templates in: the wanted one, else the community's.</summary>
    public string LanguageFor(string? wanted) => Array.Find(Languages, language => language == wanted) ?? _community.DefaultLanguage;

    public MailText Render(string name, string language, IReadOnlyDictionary<string, string?> data)
    {
        var template = _templates[(language, name)];
        var values = new Dictionary<string, object?>
        {
            ["language"] = language,
            ["community"] = _community.Name,
            ["contactText"] = _community.ContactText,
        };
        foreach (var (key, value) in data)
        {
            values[key] = value;
        }

        var subject = OneLine(template.Subject(values));
        values["subject"] = subject;
        return new MailText(subject, WithLineEnds(template.Plain(values)), WithLineEnds(template.Html(values)));
    }

    private static string Read(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path)
            ? File.ReadAllText(path)
            : throw new InvalidOperationException($"The mail template {file} is missing. Mail:TemplateFolder must hold a copy of every template.");
    }

    private static HandlebarsTemplate<object, object> Compile(IHandlebars handlebars, string folder, string file)
    {
        try
        {
            return handlebars.Compile(Read(folder, file));
        }
        catch (HandlebarsException exception)
        {
            throw new InvalidOperationException($"The mail template {file} can't be read: {exception.Message}", exception);
        }
    }

    /// <summary>A header's value must not bring a line of its own.</summary>
    private static string OneLine(string text) =>
        string.Concat(text.Trim().Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c));

    private static string WithLineEnds(string text) => text.ReplaceLineEndings("\r\n");

    private sealed record Template(
        HandlebarsTemplate<object, object> Subject, HandlebarsTemplate<object, object> Plain, HandlebarsTemplate<object, object> Html);
}
