using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Companion.Foundation.Templates;

internal enum TextFormat
{
    Plain,

    /// <summary>Values are encoded for element content and quoted attributes.</summary>
    Html,
}

/// <summary>
/// A text with places for values, parsed once; many threads may render it. Values are data: none is read as a template, and in HTML none comes out as
/// markup, whatever the template does with it.
/// </summary>
internal sealed class TextTemplate
{
    /// <summary>In characters; a longer text is an error.</summary>
    public const int MaxLength = 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Template _template;
    private readonly TextFormat _format;
    private readonly IReadOnlyDictionary<string, TextTemplate> _parts;

    private TextTemplate(Template template, TextFormat format, IReadOnlyDictionary<string, TextTemplate> parts)
    {
        _template = template;
        _format = format;
        _parts = parts;
    }

    /// <param name="file">Its name in messages.</param>
    /// <param name="parts">What it may include, by name. Nothing else is reached: no file is read when a template is rendered.</param>
    /// <exception cref="TemplateException">The text is no template.</exception>
    public static TextTemplate Parse(string file, string text, TextFormat format, IReadOnlyDictionary<string, TextTemplate>? parts = null)
    {
        var template = Template.Parse(text, file);
        return template.Messages.FirstOrDefault(message => message.Type == ParserMessageType.Error) is { } error
            ? throw TemplateException.At(error.Span, error.Message)
            : new TextTemplate(template, format, parts ?? new Dictionary<string, TextTemplate>());
    }

    /// <param name="values">Names of all values that it gets.</param>
    /// <exception cref="TemplateException">It, or a part that it includes, names another value, or there is no such part.</exception>
    public void Check(IEnumerable<string> values) => Check([.. values], []);

    /// <param name="values">
    /// By name: texts, lists, and dictionaries of these. An empty text counts as none. A template that names a value that is not here fails.
    /// </param>
    /// <exception cref="TemplateException">The template does what it can't, or too much.</exception>
    public string Render(IReadOnlyDictionary<string, object?> values)
    {
        using var patience = new CancellationTokenSource(Patience);
        return Render(values, patience.Token);
    }

    /// <inheritdoc cref="Render(IReadOnlyDictionary{string, object?})"/>
    internal string Render(IReadOnlyDictionary<string, object?> values, CancellationToken cancellationToken)
    {
        var rendering = new Rendering(_format, name => _parts.GetValueOrDefault(name)?._template) { CancellationToken = cancellationToken };
        rendering.PushGlobal(Object(values));
        try
        {
            var text = _template.Render(rendering);
            return text.Length <= MaxLength ? text : throw new TemplateException($"{_template.SourceFilePath}: the text becomes longer than {MaxLength} characters.");
        }
        catch (ScriptAbortException exception)
        {
            throw TemplateException.At(exception.Span, "the text is not done in time.", exception);
        }
        catch (ScriptRuntimeException exception)
        {
            throw TemplateException.At(exception.Span, exception.OriginalMessage, exception);
        }
    }

    private void Check(HashSet<string> values, HashSet<TextTemplate> around)
    {
        var names = TemplateNames.In(_template.Page!);
        foreach (var name in names.Given.Where(name => !values.Contains(name.Name) && !Rendering.Functions.Contains(name.Name)))
        {
            throw TemplateException.At(name.Span, $"there is no value `{name.Name}` here.");
        }

        foreach (var include in names.Includes)
        {
            if (include.Part is not { } part || !_parts.TryGetValue(part, out var included))
            {
                throw TemplateException.At(include.Span, $"include takes the name of a part in quotes: {string.Join(", ", _parts.Keys.Order())}.");
            }

            if (!around.Add(this))
            {
                throw TemplateException.At(include.Span, "this part includes itself.");
            }

            included.Check(values, around);
            around.Remove(this);
        }
    }

    private static ScriptObject Object(IReadOnlyDictionary<string, object?> values)
    {
        var known = new ScriptObject();
        foreach (var (name, value) in values)
        {
            known[name] = Value(value);
        }

        return known;
    }

    /// <summary>Scriban looks into any object that it is given; it gets none but its own.</summary>
    private static object? Value(object? value) => value switch
    {
        null or "" => null,
        string => value,
        IReadOnlyDictionary<string, object?> members => Object(members),
        IEnumerable<object?> items => new ScriptArray(items.Select(Value)),
        _ => throw new ArgumentException($"A template takes no {value.GetType().Name}.", nameof(value)),
    };
}
