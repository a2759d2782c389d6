using System.Text.Json.Nodes;

namespace Companion.Adapters.Keycloak.Realm;

/// <summary>Comparing and joining parts of a realm. Lists are sets here: what is there already stays.</summary>
internal static class RealmJson
{
    /// <summary>Everything wanted is there already.</summary>
    public static bool Holds(JsonNode? actual, JsonNode? wanted) => (actual, wanted) switch
    {
        (_, null) => true,
        (JsonObject a, JsonObject w) => w.All(field => Holds(a[field.Key], field.Value)),
        (JsonArray a, JsonArray w) => w.All(item => a.Any(other => Holds(other, item))),
        (null, JsonArray { Count: 0 }) => true,
        (null, _) => false,
        _ => actual.ToString() == wanted.ToString(),
    };

    /// <summary>What is there, and what is wanted over it.</summary>
    public static JsonNode? Join(JsonNode? actual, JsonNode? wanted)
    {
        switch (actual, wanted)
        {
            case (_, null):
                return actual?.DeepClone();
            case (JsonObject a, JsonObject w):
                var joined = a.DeepClone().AsObject();
                foreach (var (name, value) in w)
                {
                    joined[name] = Join(a[name], value);
                }

                return joined;
            case (JsonArray a, JsonArray w):
                return new JsonArray([.. a.Concat(w.Where(item => !a.Any(other => Holds(other, item)))).Select(item => item?.DeepClone())]);
            default:
                return wanted.DeepClone();
        }
    }

    public static JsonObject Pick(JsonObject from, IEnumerable<string> names) =>
        new(names.Where(from.ContainsKey).Select(name => KeyValuePair.Create(name, from[name]?.DeepClone())));

    public static JsonObject Without(JsonObject from, params IEnumerable<string> names) => Pick(from, from.Select(field => field.Key).Except(names).ToList());

    public static IEnumerable<JsonObject> Objects(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonObject>();

    public static IEnumerable<string> Texts(JsonNode? list) => (list as JsonArray ?? []).Select(item => (string)item!);

    /// <summary>The one of a list's objects whose field has this value.</summary>
    public static JsonObject? By(JsonNode? list, string field, JsonNode? value) =>
        Objects(list).FirstOrDefault(item => (string?)item[field] == (string?)value);
}
