using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace StandIns.IdentityProvider;

/// <summary>What the realm's user profile asks of user name, address and names, and which other attributes it knows.</summary>
internal sealed partial class UserProfile(JsonNode? profile)
{
    private const string Locale = "locale";

    private readonly Dictionary<string, JsonObject> _attributes = Json.Objects(profile?["attributes"])
        .ToDictionary(attribute => Json.Text(attribute["name"]) ?? "", StringComparer.Ordinal);

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

    private static Complaint? OutOfLength(string attribute, string value, JsonNode? length)
    {
        var (least, most) = ((int?)length?["min"] ?? 0, (int?)length?["max"] ?? int.MaxValue);
        return value.Length >= least && value.Length <= most ? null
            : (least, most) switch
            {
                (0, _) => new Complaint("error-invalid-length-too-long", attribute, least, most),
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
