using System.Text;
using System.Text.Unicode;
using HandlebarsDotNet;
using HtmlEncoder = System.Text.Encodings.Web.HtmlEncoder;

namespace Companion.Foundation.Kernel;

/// <summary>How values enter HTML templates: escaped for element content and quoted attributes; letters of all languages stay readable.</summary>
internal sealed class HtmlValues : ITextEncoder
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public void Encode(StringBuilder? text, TextWriter target) => Encode(text?.ToString(), target);

    public void Encode(string? text, TextWriter target) => Encoder.Encode(target, text ?? "");

    public void Encode<T>(T? text, TextWriter target)
        where T : IEnumerator<char>
    {
        var value = new StringBuilder();
        while (text?.MoveNext() is true)
        {
            value.Append(text.Current);
        }

        Encode(value, target);
    }
}
