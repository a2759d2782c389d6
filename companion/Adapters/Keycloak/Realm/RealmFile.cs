using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Companion.Adapters.Keycloak.Realm;

/// <summary>The realm as code (idp-flows/realm/realm.json), with its placeholders filled.</summary>
internal static partial class RealmFile
{
    private const string Resource = "realm.json";

    /// <param name="lookup">Value of a placeholder by its name, e.g. COMPANION_REALM; null for its default.</param>
    /// <exception cref="RealmException">A placeholder without a default has no value.</exception>
    public static JsonObject Load(Func<string, string?> lookup)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)
            ?? throw new RealmException("This build carries no realm.json.");
        var realm = JsonNode.Parse(stream)!.AsObject();
        return Fill(realm, lookup)!.AsObject();
    }

    private static JsonNode? Fill(JsonNode? node, Func<string, string?> lookup) => node switch
    {
        null => null,
        JsonObject fields => new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, Fill(field.Value, lookup)))),
        JsonArray items => new JsonArray([.. items.Select(item => Fill(item, lookup))]),
        JsonValue value when value.TryGetValue<string>(out var text) => Placeholder().Replace(text, match => Value(match, lookup)),
        _ => node.DeepClone(),
    };

    private static string Value(Match match, Func<string, string?> lookup) =>
        lookup(match.Groups["name"].Value) is { Length: > 0 } value ? value
        : match.Groups["default"].Success ? match.Groups["default"].Value
        : throw new RealmException($"{match.Groups["name"].Value} must be set.");

    /// <summary>Only our own: Keycloak's message keys look alike.</summary>
    [GeneratedRegex(@"\$\{(?<name>COMPANION_[A-Z_]+)(:(?<default>[^}]*))?\}")]
    private static partial Regex Placeholder();
}
