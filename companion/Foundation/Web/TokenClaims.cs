using System.Buffers.Text;

namespace Companion.Foundation.Web;

/// <summary>A JSON object of a token, read strictly: what could be read in two ways is not read.</summary>
internal sealed class TokenClaims
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly JsonElement _object;

    private TokenClaims(JsonElement value) => _object = value;

    /// <param name="part">The token's header or payload, as it is encoded.</param>
    /// <returns>Null for anything but a JSON object whose names are unique at every level.</returns>
    public static TokenClaims? Read(string part)
    {
        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(part), Strict);
            return Of(document.RootElement.Clone());
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public bool Has(string name) => _object.TryGetProperty(name, out _);

    /// <returns>Null for anything but a string that the database can hold.</returns>
    public string? Text(string name) => _object.TryGetProperty(name, out var value) ? Text(value) : null;

    /// <returns>The strings of a list, without what else is in it; none for anything but a list.</returns>
    public IEnumerable<string> Texts(string name) =>
        _object.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(Text).OfType<string>() : [];

    /// <returns>Null for anything but an object.</returns>
    public TokenClaims? Part(string name) => _object.TryGetProperty(name, out var value) ? Of(value) : null;

    /// <returns>Seconds since 1970; null for anything but a whole number.</returns>
    public long? Time(string name) =>
        _object.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) ? seconds : null;

    private static TokenClaims? Of(JsonElement value) => value.ValueKind == JsonValueKind.Object ? new TokenClaims(value) : null;

    private static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String && value.GetString() is { } text && StorableText.Is(text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair
        }
    }
}
