using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Companion.Foundation.Kernel;

/// <summary>
/// Strings of other servers' answers. Where the bytes are no text, or half a surrogate pair or U+0000 is escaped, U+FFFD is read in its place:
/// one odd name must not take away all that stand beside it.
/// </summary>
internal sealed partial class LenientText : JsonConverter<string>
{
    private const string Replacement = @"\ufffd";

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? Text(ref reader) : throw new JsonException();

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);

    private static string Text(ref Utf8JsonReader reader)
    {
        var written = Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan);
        if (!reader.ValueIsEscaped)
        {
            return written;
        }

        var mended = Escape().Replace(written, escape => escape.Groups["odd"].Success ? Replacement : escape.Value);
        var text = new Utf8JsonReader(Encoding.UTF8.GetBytes($"\"{mended}\""));
        text.Read();
        return text.GetString()!;
    }

    /// <summary>Escapes one after the other, a surrogate pair as one.</summary>
    [GeneratedRegex(
        @"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<odd>\\u(?:[dD][89a-fA-F][0-9a-fA-F]{2}|0000))|\\.",
        RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Escape();
}
