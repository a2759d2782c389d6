using Scriban.Parsing;
using Scriban.Syntax;

namespace Companion.Foundation.Templates;

/// <summary>The names in a template, in whatever branch they stand.</summary>
internal sealed class TemplateNames : ScriptVisitor
{
    private const string Include = "include";

    private readonly List<ScriptVariableGlobal> _used = [];
    private readonly HashSet<string> _own = [ScriptVariable.ForObject.Name, ScriptVariable.WhileObject.Name];
    private readonly List<(string? Part, SourceSpan Span)> _includes = [];

    private TemplateNames()
    {
    }

    /// <summary>Those that it does not make itself.</summary>
    public IEnumerable<ScriptVariableGlobal> Given => _used.Where(name => !_own.Contains(name.Name));

    /// <summary>Parts that it includes; null where the name is not written there in quotes.</summary>
    public IReadOnlyList<(string? Part, SourceSpan Span)> Includes => _includes;

    public static TemplateNames In(ScriptPage page)
    {
        var names = new TemplateNames();
        names.Visit(page);
        return names;
    }

    public override void Visit(ScriptVariableGlobal? node)
    {
        if (node!.Name == Include)
        {
            _includes.Add((null, node.Span));
        }
        else
        {
            _used.Add(node);
        }
    }

    public override void Visit(ScriptFunctionCall? node)
    {
        if (node is { Target: ScriptVariableGlobal { Name: Include }, Arguments: [ScriptLiteral { Value: string part }] })
        {
            _includes.Add((part, node.Span));
        }
        else
        {
            base.Visit(node);
        }
    }

    public override void Visit(ScriptAssignExpression? node)
    {
        Own(node!.Target);
        base.Visit(node);
    }

    public override void Visit(ScriptForStatement? node)
    {
        Own(node!.Variable);
        base.Visit(node);
    }

    public override void Visit(ScriptCaptureStatement? node)
    {
        Own(node!.Target);
        base.Visit(node);
    }

    public override void Visit(ScriptFunction? node)
    {
        Own(node!.NameOrDoToken);
        base.Visit(node);
    }

    public override void Visit(ScriptParameter? node) => Own(node!.Name);

    public override void Visit(ScriptMemberExpression? node) => Visit(node!.Target);

    public override void Visit(ScriptNamedArgument? node) => Visit(node!.Value);

    public override void Visit(ScriptObjectMember? node) => Visit(node!.Value);

    private void Own(ScriptNode? target)
    {
        if (target is ScriptVariableGlobal name)
        {
            _own.Add(name.Name);
        }
    }
}
