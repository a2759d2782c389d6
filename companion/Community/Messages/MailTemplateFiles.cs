using System.Text.RegularExpressions;
using Companion.Foundation.Templates;

namespace Companion.Community.Messages;

internal sealed record MailTemplate(TextTemplate Subject, TextTemplate Plain, TextTemplate Html);

/// <summary>
/// Files of mail templates: {language}/{name}.{subject|txt|html}.scriban, and beside the languages parts that they include,
/// {name}.{txt|html}.scriban. An operator's folder goes first, file by file.
/// </summary>
internal sealed partial class MailTemplateFiles
{
    private const string Extension = ".scriban";
    private const string OldExtension = ".hbs";

    /// <summary>Not what a version control or a mounted volume keeps beside the files, in folders that start with a dot.</summary>
    private static readonly EnumerationOptions Visible = new() { RecurseSubdirectories = true, MaxRecursionDepth = 3, IgnoreInaccessible = false };

    private static readonly string[] Always = ["language", "community", "contactText"];

    private static readonly string[] OfInvites = ["inviter", "message", "reminder", "reopened", "url", "until", "keepDays", "neverUrl"];

    private static readonly string[] OfNotices =
    [
        "signInUrl", "approvalsUrl", "invitationsUrl", "organisations", "rooms", "one", "count", "reason", "question", "name", "contact", "until", "left",
    ];

    private readonly string _folder;
    private readonly HashSet<string> _taken = [];
    private readonly List<string> _failures = [];

    private MailTemplateFiles(string folder) => _folder = folder;

    public static IReadOnlyList<string> Languages { get; } = ["en", "de"];

    internal static string ShippedFolder => Path.Combine(AppContext.BaseDirectory, "Community", "Messages", "Templates");

    /// <summary>Names of the values that a mail's templates get, apart from the subject that its texts get.</summary>
    public static string[] ValuesOf(string name) => [.. Always, .. name == "invite" ? OfInvites : OfNotices];

    /// <param name="folder">An operator's; empty for none.</param>
    /// <returns>Templates by language and name, and what is wrong with files, one sentence each; with failures some templates are missing.</returns>
    public static (IReadOnlyDictionary<(string Language, string Name), MailTemplate> Templates, IReadOnlyList<string> Failures) Load(string folder)
    {
        var files = new MailTemplateFiles(folder);
        try
        {
            var templates = files.ReadAll();
            files.LookForOthers();
            return (templates, files._failures);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (new Dictionary<(string, string), MailTemplate>(), [$"Mail:TemplateFolder can't be read: {exception.Message}"]);
        }
    }

    private Dictionary<(string Language, string Name), MailTemplate> ReadAll()
    {
        var plainParts = Parts(".txt", TextFormat.Plain);
        var htmlParts = Parts(".html", TextFormat.Html);
        var templates = new Dictionary<(string Language, string Name), MailTemplate>();
        if (_failures.Count > 0)
        {
            return templates; // a missing part would only be named again where it is included
        }

        foreach (var (language, name) in from language in Languages from name in MailTemplates.Names select (language, name))
        {
            var values = ValuesOf(name);
            var subject = Read($"{language}/{name}.subject", TextFormat.Plain, plainParts, values);
            var plain = Read($"{language}/{name}.txt", TextFormat.Plain, plainParts, [.. values, "subject"]);
            var html = Read($"{language}/{name}.html", TextFormat.Html, htmlParts, [.. values, "subject"]);
            if (subject is not null && plain is not null && html is not null)
            {
                templates[(language, name)] = new MailTemplate(subject, plain, html);
            }
        }

        return templates;
    }

    private Dictionary<string, TextTemplate> Parts(string kind, TextFormat format)
    {
        var parts = new Dictionary<string, TextTemplate>();
        var files = System.IO.Directory.GetFiles(ShippedFolder, $"*{kind}{Extension}")
            .Concat(_folder.Length > 0 ? System.IO.Directory.GetFiles(_folder, $"*{kind}{Extension}") : []);
        foreach (var name in files.Select(file => Path.GetFileName(file)[..^(kind.Length + Extension.Length)]).Distinct())
        {
            if (Read(name + kind, format, parts) is { } part)
            {
                parts[name] = part;
            }
        }

        return parts;
    }

    /// <param name="values">Null for a part, which gets what the template gets that includes it.</param>
    /// <returns>Null where it failed.</returns>
    private TextTemplate? Read(string name, TextFormat format, Dictionary<string, TextTemplate> parts, string[]? values = null)
    {
        var file = name + Extension;
        var own = Path.Combine(_folder, file);
        var isOwn = _folder.Length > 0 && File.Exists(own);
        var text = File.ReadAllText(isOwn ? own : Path.Combine(ShippedFolder, file));
        _taken.Add(file);
        if (Handlebars().Match(text) is { Success: true } mark)
        {
            _failures.Add(Converting(file, text, mark));
            return null;
        }

        try
        {
            var template = TextTemplate.Parse(file, text, format, parts);
            if (values is not null)
            {
                template.Check(values);
                // Names are right; what it does with them shows only when it is done.
                template.Render(values.ToDictionary(value => value, object? (value) => value));
                template.Render(values.ToDictionary(value => value, object? (_) => null));
            }

            return template;
        }
        catch (TemplateException exception)
        {
            _failures.Add($"Mail template {exception.Message}");
            return null;
        }
    }

    /// <summary>A file that nothing takes is a slip of the pen, or was left behind by an upgrade: its words would silently not be sent.</summary>
    private void LookForOthers()
    {
        if (_folder.Length == 0)
        {
            return;
        }

        foreach (var path in System.IO.Directory.GetFiles(_folder, "*", Visible).Order(StringComparer.Ordinal))
        {
            var file = Path.GetRelativePath(_folder, path).Replace(Path.DirectorySeparatorChar, '/');
            if (path.EndsWith(OldExtension, StringComparison.Ordinal) && !File.Exists(Path.ChangeExtension(path, Extension)))
            {
                var text = File.ReadAllText(path);
                _failures.Add(Converting(file, text, Handlebars().Match(text)));
            }
            else if (path.EndsWith(Extension, StringComparison.Ordinal) && !_taken.Contains(file))
            {
                _failures.Add($"Mail template {file}: there is no mail of this name. Names are as in the folder that came with the program.");
            }
        }
    }

    private static string Converting(string file, string text, Match mark)
    {
        var line = text.AsSpan(0, mark.Index).Count('\n') + 1;
        var what = mark.Success ? $"`{mark.Value}` is Handlebars" : "the file is named for Handlebars";
        return FormattableString.Invariant(
            $"Mail template {file}, line {line}: {what}. Templates are written in Scriban now; \"Mail templates\" in docs/operations.md says how to convert them.");
    }

    /// <summary>What Scriban would take for something else: it reads {{#if name}} as a comment.</summary>
    [GeneratedRegex(@"\{\{(?:\{|~?(?:#\w+|#\s+(?:if|unless|each|with)\b|/\s*\w+|>\s*[\w-]*|\^|&|!--|!\s))")]
    private static partial Regex Handlebars();
}
