using System.Text.Json.Nodes;

namespace StandIns.IdentityProvider;

/// <summary>Reading of JSON whose writer may have sent anything.</summary>
internal static class Json
{
    /// <summary>The value where it is a text, else null.</summary>
    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static bool? Flag(JsonNode? node) => node is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    public static List<string> Texts(JsonNode? node) => node is JsonArray list ? [.. list.Select(Text).OfType<string>()] : [];

    public static IEnumerable<JsonObject> Objects(JsonNode? node) => node is JsonArray list ? list.OfType<JsonObject>() : [];

    public static JsonArray Array(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    public static JsonArray Array(IEnumerable<JsonObject> objects) => new([.. objects]);
}
