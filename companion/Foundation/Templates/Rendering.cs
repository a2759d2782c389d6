using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Scriban;
using Scriban.Functions;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Companion.Foundation.Templates;

/// <summary>One template being rendered: strict about names, with bounds, few functions, and values encoded where they are written.</summary>
internal sealed class Rendering : TemplateContext
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly TextFormat _format;
    private readonly Func<string, Template?> _part;

    public Rendering(TextFormat format, Func<string, Template?> part)
        : base(Functions)
    {
        _format = format;
        _part = part;
        StrictVariables = true;
        EnableRelaxedMemberAccess = false;
        EnableRelaxedIndexerAccess = false;
        AutoIndent = false;
        LoopLimit = 10_000;
        RecursiveLimit = 50;
        ObjectRecursionLimit = 10;
        LimitToString = TextTemplate.MaxLength;
    }

    /// <summary>All that templates can call.</summary>
    public static ScriptObject Functions { get; } = CreateFunctions();

    /// <summary>All that is written and is not the template's own text comes here. What templates wrote before, as parts or captures, is encoded already.</summary>
    public override TemplateContext Write(SourceSpan span, object? textAsObject) =>
        _format == TextFormat.Plain || textAsObject is IScriptOutput
            ? base.Write(span, textAsObject)
            : Write(Encoder.Encode(ObjectToString(textAsObject) ?? ""));

    protected override IObjectAccessor? GetMemberAccessorImpl(object target) =>
        target is IScriptObject or string ? base.GetMemberAccessorImpl(target) : null;

    private static ScriptObject CreateFunctions()
    {
        var strings = new ScriptObject();
        strings.Import("capitalize", StringFunctions.Capitalize);
        strings.Import("downcase", StringFunctions.Downcase);
        strings.Import("strip", StringFunctions.Strip);
        strings.Import("truncate", StringFunctions.Truncate);
        strings.Import("upcase", StringFunctions.Upcase);
        strings.IsReadOnly = true;
        var functions = new ScriptObject { ["string"] = strings };
        functions.Import("include", Include);
        functions.IsReadOnly = true;
        return functions;
    }

    private static StringBuilderOutput Include(TemplateContext context, SourceSpan span, string name)
    {
        var part = ((Rendering)context)._part(name) ?? throw new ScriptRuntimeException(span, $"There is no part `{name}`.");
        return new StringBuilderOutput(new StringBuilder(context.RenderTemplate(part, [], context.CurrentNode)));
    }
}
