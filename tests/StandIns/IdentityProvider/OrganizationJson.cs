using System.Text.Json.Nodes;

namespace StandIns.IdentityProvider;

/// <summary>Organizations as the Admin API shows and takes them.</summary>
internal static class OrganizationJson
{
    private static readonly HashSet<string> Known =
        ["id", "name", "alias", "enabled", "description", "redirectUrl", "attributes", "domains", "members", "identityProviders", "groups"];

    public static JsonObject Show(Organization organization, bool isBrief)
    {
        var json = new JsonObject
        {
            ["id"] = organization.Id,
            ["name"] = organization.Name,
            ["alias"] = organization.Alias,
            ["enabled"] = organization.Enabled,
        };
        if (organization.Description is { } description)
        {
            json["description"] = description;
        }

        if (!isBrief)
        {
            json["attributes"] = new JsonObject(organization.Attributes.Select(attribute => KeyValuePair.Create(attribute.Key, (JsonNode?)Json.Array(attribute.Value))));
        }

        if (organization.Domains.Count > 0)
        {
            json["domains"] = Json.Array(organization.Domains.Select(domain => new JsonObject { ["name"] = domain, ["verified"] = false }));
        }

        return json;
    }

    public static JsonObject Show(Organization organization, RoleGroup group) => new()
    {
        ["id"] = group.Id,
        ["name"] = group.Name,
        ["path"] = $"/{group.Name}",
        ["parentId"] = organization.TopGroupId,
        ["subGroups"] = new JsonArray(),
    };

    public static Organization Create(AdminCall call)
    {
        var body = Checked(call.Body);
        var given = Json.Text(body["alias"]) ?? "";
        if (given.Contains(' ', StringComparison.Ordinal))
        {
            throw RefusedException.Admin(400, "Empty Space not allowed.");
        }

        if (Json.Text(body["name"]) is not { Length: > 0 } name)
        {
            throw RefusedException.Unacceptable(400, "Name can not be null");
        }

        if (given.Length == 0 && name.Contains(' ', StringComparison.Ordinal))
        {
            throw RefusedException.Unacceptable(400, "Name cannot be used as alias: Empty Space not allowed.");
        }

        var alias = given.Length > 0 ? given : name;
        foreach (var (what, isTaken) in (ReadOnlySpan<(string, Predicate<Organization>)>)
            [("name", other => other.Name == name), ("alias", other => other.Alias == alias)])
        {
            if (call.Realm.Organizations.Exists(isTaken))
            {
                throw RefusedException.Unacceptable(409, $"A organization with the same {what} already exists");
            }
        }

        var organization = new Organization(name, alias);
        Apply(organization, body);
        return organization;
    }

    public static void Update(AdminCall call, Organization organization)
    {
        var body = Checked(call.Body);
        var name = Json.Text(body["name"]);
        if (name != organization.Name && (name is null || OrganizationSearch.Named(call.Realm, name, isExact: true).Any()))
        {
            throw RefusedException.Unacceptable(409, "A organization with the same name already exists.");
        }

        if ((Json.Text(body["alias"]) ?? name) != organization.Alias)
        {
            throw RefusedException.Unacceptable(400, "Cannot change the alias");
        }

        organization.Name = name;
        Apply(organization, body);
    }

    private static JsonObject Checked(JsonObject body) => body.FirstOrDefault(field => !Known.Contains(field.Key)).Key is { } unknown
        ? throw RefusedException.Admin(400, $"Invalid json representation for OrganizationRepresentation. Unrecognized field \"{unknown}\".")
        : body;

    /// <summary>Attributes stay where none are named; everything else is as the body has it.</summary>
    private static void Apply(Organization organization, JsonObject body)
    {
        organization.Enabled = Json.Flag(body["enabled"]) ?? true;
        organization.Description = Json.Text(body["description"]);
        organization.Domains = [.. Json.Objects(body["domains"]).Select(domain => Json.Text(domain["name"])).OfType<string>()];
        if (body["attributes"] is JsonObject attributes)
        {
            organization.Attributes = attributes.ToDictionary(attribute => attribute.Key, attribute => Json.Texts(attribute.Value), StringComparer.Ordinal);
        }
    }
}
