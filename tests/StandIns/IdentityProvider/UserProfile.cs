using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace StandIns.IdentityProvider;

/// <summary>An attribute of the user profile that people fill in, besides user name, address and names.</summary>
/// <param name="InputType">How it is drawn, as Keycloak's annotation has it; empty for a line of text.</param>
internal sealed record Question(string Name, string Label, string InputType, IReadOnlyList<(string Value, string Label)> Options);

/// <summary>What the realm's user profile asks of people, and which attributes it knows.</summary>
internal sealed partial class UserProfile(JsonNode? profile)
{
    private const string Locale = "locale";

    private const int LongestByDefault = 2048;

    private static readonly string[] Basics = ["username", "email", "firstName", "lastName"];

    private readonly Dictionary<string, JsonObject> _attributes = Json.Objects(profile?["attributes"])
        .ToDictionary(attribute => Json.Text(attribute["name"]) ?? "", StringComparer.Ordinal);

    public JsonNode Declared => profile?.DeepClone() ?? new JsonObject();

    public IEnumerable<Question> Questions => _attributes.Values
        .Where(attribute => !Basics.Contains(Json.Text(attribute["name"])) && Json.Texts(attribute["permissions"]?["edit"]).Contains("user"))
        .Select(Ask);

    /// <summary>What people see of their own profile, as the console takes it; they can't change it here.</summary>
    public IEnumerable<JsonObject> Shown => _attributes.Values
        .Where(attribute => Json.Texts(attribute["permissions"]?["view"]).Contains("user"))
        .Prepend(new JsonObject { ["name"] = Locale, ["displayName"] = "${locale}" })
        .Select(attribute => new JsonObject
        {
            ["name"] = Json.Text(attribute["name"]),
            ["displayName"] = Json.Text(attribute["displayName"]),
            ["required"] = attribute["required"] is not null,
            ["readOnly"] = true,
            ["annotations"] = attribute["annotations"]?.DeepClone(),
            ["validators"] = attribute["validations"]?.DeepClone() ?? new JsonObject(),
            ["multivalued"] = Json.Flag(attribute["multivalued"]) ?? false,
        });

    /// <summary>An undeclared attribute is neither kept nor shown.</summary>
    public bool Knows(string attribute) => attribute == Locale || _attributes.ContainsKey(attribute);

    /// <param name="byPerson">Whether the person fills this in; administrators may leave out what people must give.</param>
    /// <returns>The first thing that is wrong, by the theme's key; null when all is well.</returns>
    public Complaint? Check(string attribute, string value, bool byPerson)
    {
        if (!_attributes.TryGetValue(attribute, out var rules))
        {
            return null;
        }

        if (value.Length == 0)
        {
            return attribute == "username" ? new Complaint("missingUsernameMessage")
                : byPerson && rules["required"] is not null ? new Complaint("error-user-attribute-required")
                : null;
        }

        var validations = rules["validations"]?.AsObject() ?? [];
        return OutOfLength(attribute, value, validations["length"]) ?? Malformed(attribute, value, validations);
    }

    /// <returns>The first thing that is wrong with a person's answers to a question; null when all is well.</returns>
    public Complaint? Check(Question question, IReadOnlyList<string> answers)
    {
        var rules = _attributes[question.Name];
        var validations = rules["validations"]?.AsObject() ?? [];
        var options = Json.Texts(validations["options"]?["options"]);
        var (least, most) = (Number(validations["multivalued"]?["min"]) ?? 0, Number(validations["multivalued"]?["max"]) ?? int.MaxValue);
        return answers.Count == 0 ? Check(question.Name, "", byPerson: true)
            : options.Count > 0 && answers.Any(answer => !options.Contains(answer)) ? new Complaint("error-invalid-value")
            : answers.Count < least || answers.Count > most ? new Complaint("error-invalid-multivalued-size", question.Name, least, most)
            : answers.Select(answer => OutOfLength(question.Name, answer, validations["length"] ?? new JsonObject { ["min"] = 0, ["max"] = LongestByDefault }))
                .FirstOrDefault(complaint => complaint is not null);
    }

    private static Question Ask(JsonObject attribute)
    {
        var (name, annotations) = (Json.Text(attribute["name"])!, attribute["annotations"]);
        return new Question(
            name,
            Json.Text(attribute["displayName"]) ?? name,
            Json.Text(annotations?["inputType"]) ?? "",
            [.. Json.Texts(attribute["validations"]?["options"]?["options"]).Select(option => (option, Json.Text(annotations?["inputOptionLabels"]?[option]) ?? option))]);
    }

    /// <summary>Administrators write numbers as texts too.</summary>
    private static int? Number(JsonNode? node) => node is null ? null : int.Parse(node.ToString(), CultureInfo.InvariantCulture);

    private static Complaint? OutOfLength(string attribute, string value, JsonNode? length)
    {
        var (least, most) = (Number(length?["min"]) ?? 0, Number(length?["max"]) ?? int.MaxValue);
        return value.Length >= least && value.Length <= most ? null
            : (least, most) switch
            {
                (0, _) when length!["min"] is null => new Complaint("error-invalid-length-too-long", attribute, least, most),
                (_, int.MaxValue) => new Complaint("error-invalid-length-too-short", attribute, least),
                _ => new Complaint("error-invalid-length", attribute, least, most),
            };
    }

    private static Complaint? Malformed(string attribute, string value, JsonObject validations)
    {
        if (validations["pattern"] is { } rule && !Regex.IsMatch(value, Json.Text(rule["pattern"]) ?? "", RegexOptions.None, TimeSpan.FromSeconds(1)))
        {
            return new Complaint(Json.Text(rule["error-message"]) ?? "error-pattern-no-match", attribute, Json.Text(rule["pattern"]) ?? "");
        }

        if (validations.ContainsKey("username-prohibited-characters") && NotInUsernames().IsMatch(value))
        {
            return new Complaint("error-username-invalid-character", attribute, value);
        }

        if (validations.ContainsKey("person-name-prohibited-characters") && NotInNames().IsMatch(value))
        {
            return new Complaint("error-person-name-invalid-character", attribute, value);
        }

        return validations.ContainsKey("email") && !Address().IsMatch(value) ? new Complaint("error-invalid-email", attribute, value) : null;
    }

    [GeneratedRegex("""[<>&"'\s$%!#?§,;:*~/\\|^=\[\]{}()`\p{Cc}]""")]
    private static partial Regex NotInUsernames();

    [GeneratedRegex("""[<>&"$%!#?§;*~/\\|^=\[\]{}()\p{Cc}]""")]
    private static partial Regex NotInNames();

    [GeneratedRegex(@"^[^@\s<>""(),:;\[\]\\]+@[^@\s.]+(\.[^@\s.]+)*$")]
    private static partial Regex Address();
}
