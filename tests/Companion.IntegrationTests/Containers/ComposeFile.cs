using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sandbox.Components;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Companion.IntegrationTests.Containers;

/// <summary>
/// docker-compose.yml and what is laid over it, read as the tool would: parsed and merged first, then filled with variables, value by value.
/// </summary>
internal sealed partial class ComposeFile
{
    private readonly JsonObject _root;

    private ComposeFile(JsonObject root) => _root = root;

    public IReadOnlyDictionary<string, JsonObject> Services => ObjectsIn("services");

    /// <summary>Those that keep running; the others are run by hand.</summary>
    public IReadOnlyDictionary<string, JsonObject> LastingServices =>
        Services.Where(service => service.Value["profiles"] is null).ToDictionary(service => service.Key, service => service.Value);

    public IEnumerable<string> Volumes => _root["volumes"]!.AsObject().Select(volume => volume.Key);

    public IReadOnlyDictionary<string, JsonObject> Secrets => ObjectsIn("secrets");

    /// <summary>Every ${…} of the file.</summary>
    public IReadOnlyList<ComposeVariable> Variables => [.. Texts(_root).SelectMany(VariablesIn)];

    /// <summary>Dollar signs that are neither a ${…} of the known kinds nor written twice.</summary>
    public IReadOnlyList<string> StrayDollars =>
        [.. Texts(_root).Where(text => Variable().Replace(text, "").Contains('$', StringComparison.Ordinal))];

    /// <summary>The files that .env.example names.</summary>
    public static ComposeFile Read() =>
        Read(ContainerScene.ReadVariables(PathOf(".env.example"))["COMPOSE_FILE"].Split(':'));

    /// <param name="files">Later ones are laid over earlier ones.</param>
    public static ComposeFile Read(params IEnumerable<string> files) =>
        new(files.Select(Parse).Aggregate((root, over) => Merge(root, over).AsObject()));

    /// <summary>What Compose gives to a service.</summary>
    public Dictionary<string, string?> EnvironmentOf(string service, IReadOnlyDictionary<string, string> variables) =>
        Services[service]["environment"]!.AsObject()
            .ToDictionary(entry => entry.Key, entry => (string?)Fill((string)entry.Value!, variables));

    public string ConfigurationFile(string name, IReadOnlyDictionary<string, string> variables) =>
        Fill((string)_root["configs"]![name]!["content"]!, variables);

    public static IEnumerable<ComposeVariable> VariablesIn(string text) =>
        Variable().Matches(text).Where(match => match.Groups["name"].Success).Select(ComposeVariable.Of);

    private static JsonObject Parse(string file)
    {
        using var text = File.OpenText(PathOf(file));
        var yaml = new YamlStream();
        yaml.Load(new MergingParser(new Parser(text)));
        return Convert(yaml.Documents.Single().RootNode)!.AsObject();
    }

    /// <summary>Fields are put together, lists one behind the other, and of other values the later one holds.</summary>
    private static JsonNode Merge(JsonNode under, JsonNode over) => (under, over) switch
    {
        (JsonObject fields, JsonObject others) => new JsonObject(fields.Concat(others).GroupBy(field => field.Key, field => field.Value)
            .Select(same => KeyValuePair.Create(same.Key, same.Select(value => value?.DeepClone()).Aggregate((a, b) => a is null || b is null ? b : Merge(a, b))))),
        (JsonArray items, JsonArray more) => new JsonArray([.. items.Concat(more).Select(item => item?.DeepClone())]),
        _ => over.DeepClone(),
    };

    private static string PathOf(string file) => Path.Combine(ComponentSettings.FromEnvironment().Repository, file);

    private static string Fill(string text, IReadOnlyDictionary<string, string> variables) => Variable().Replace(text, match =>
        match.Groups["name"].Success ? ComposeVariable.Of(match).Value(variables) : "$");

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Texts(field.Value)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value => [(string)value!],
        _ => [],
    };

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(
            map.Children.Select(child => KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, Convert(child.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Convert)]),
        YamlScalarNode { Value: { Length: > 0 } value } => JsonValue.Create(value),
        _ => null,
    };

    private Dictionary<string, JsonObject> ObjectsIn(string section) =>
        _root[section]!.AsObject().ToDictionary(entry => entry.Key, entry => entry.Value!.AsObject());

    [GeneratedRegex(@"\$\$|\$\{(?<name>[A-Z_]+)((?<kind>:[-?+])(?<text>[^${}]*))?\}")]
    private static partial Regex Variable();
}

/// <param name="Kind">":?" required, ":-" with a default, ":+" a text if set; empty for none of these.</param>
internal sealed record ComposeVariable(string Name, string Kind, string Text)
{
    public bool IsRequired => Kind == ":?";

    public static ComposeVariable Of(Match match) =>
        new(match.Groups["name"].Value, match.Groups["kind"].Value, match.Groups["text"].Value);

    public string Value(IReadOnlyDictionary<string, string> variables)
    {
        var value = variables.GetValueOrDefault(Name, "");
        return Kind switch
        {
            ":?" when value.Length == 0 => throw new InvalidOperationException($"{Name} is required: {Text}"),
            ":-" when value.Length == 0 => Text,
            ":+" => value.Length == 0 ? "" : Text,
            _ => value,
        };
    }
}
