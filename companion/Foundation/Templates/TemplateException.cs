using Scriban.Parsing;

namespace Companion.Foundation.Templates;

/// <summary>A template can't be read or written out. The message names file, line and column.</summary>
internal sealed class TemplateException(string message, Exception? inner = null) : Exception(message, inner)
{
    public static TemplateException At(SourceSpan place, string problem, Exception? inner = null) =>
        new(FormattableString.Invariant($"{place.FileName}, line {place.Start.Line + 1}, column {place.Start.Column + 1}: {problem}"), inner);
}
