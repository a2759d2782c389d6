using System.Text.Json.Nodes;

namespace StandIns.IdentityProvider;

/// <summary>An organization's alias and a group's path; one of them may be null.</summary>
internal sealed record Membership(string? Organization, string? Group)
{
    private const int Most = 100;

    /// <exception cref="FormatException">The list is not one of memberships; the message says why.</exception>
    public static IReadOnlyList<Membership> Read(JsonNode? list) => list is JsonArray { Count: <= Most } array
        ? [.. array.Select(entry => Read(entry as JsonObject ?? []))]
        : throw new FormatException($"memberships must be a list of at most {Most}");

    /// <summary>Grants all or nothing.</summary>
    /// <exception cref="RefusedException">One of them is unknown or not allowed.</exception>
    public static (List<Membership> Granted, List<Membership> Already) GrantAll(Realm realm, Account account, IReadOnlyList<Membership> asked)
    {
        var (granted, already) = (new List<Membership>(), new List<Membership>());
        foreach (var (membership, organization, group) in Resolve(realm, asked))
        {
            var joined = organization?.Members.Add(account.Id) == true;
            var added = group is not null && !account.Groups.Contains(group);
            if (added)
            {
                account.Groups.Add(group!);
            }

            (joined || added ? granted : already).Add(membership);
        }

        return (granted, already);
    }

    /// <exception cref="RefusedException">One of them is unknown or not allowed.</exception>
    public static IReadOnlyList<(Membership Asked, Organization? Organization, Group? Group)> Resolve(Realm realm, IReadOnlyList<Membership> asked) =>
        [
            .. asked.Select(membership => (
                membership,
                membership.Organization is { } alias ? OrganizationOf(realm, alias) : null,
                membership.Group is { } path ? GroupOf(realm, path) : null)),
        ];

    public JsonObject ToJson()
    {
        var json = new JsonObject();
        if (Organization is not null)
        {
            json["organization"] = Organization;
        }

        if (Group is not null)
        {
            json["group"] = Group;
        }

        return json;
    }

    private static Membership Read(JsonObject entry)
    {
        var membership = new Membership(Optional(entry, "organization"), Optional(entry, "group"));
        return membership is { Organization: null, Group: null }
            ? throw new FormatException("a membership must name an organization or a group")
            : membership;
    }

    private static string? Optional(JsonObject entry, string name) => entry[name] is null ? null
        : Json.Text(entry[name]) is { } value && !string.IsNullOrWhiteSpace(value) ? value
        : throw new FormatException($"{name} is missing");

    private static Organization OrganizationOf(Realm realm, string alias) =>
        realm.Organizations.Find(organization => organization.Alias == alias)
        ?? throw RefusedException.Problem(404, "organization_unknown", $"There is no enabled organization {alias}");

    private static Group GroupOf(Realm realm, string path)
    {
        var group = realm.Groups.Find(group => group.Path == path)
            ?? throw RefusedException.Problem(404, "group_unknown", $"There is no group with the path {path}");
        return Realm.Covers(realm.GrantableGroups, path)
            ? group
            : throw RefusedException.Problem(403, "group_not_allowed", $"Group {path} is not listed in realm attribute companion.groups");
    }
}
