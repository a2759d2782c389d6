using System.Text.Json.Nodes;

namespace StandIns.IdentityProvider;

/// <summary>An organization's alias with the name of a role group in it, or alone; or the path of a group of the realm.</summary>
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
            var changed = organization?.Join(account.Id, membership.Group) ?? Join(account, group!);
            (changed ? granted : already).Add(membership);
        }

        return (granted, already);
    }

    /// <exception cref="RefusedException">One of them is unknown or not allowed.</exception>
    public static IReadOnlyList<(Membership Asked, Organization? Organization, Group? Group)> Resolve(Realm realm, IReadOnlyList<Membership> asked) =>
        [
            .. asked.Select(membership => (
                membership,
                membership.Organization is null ? null : OrganizationOf(realm, membership),
                membership.Organization is null ? GroupOf(realm, membership.Group!) : null)),
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

    private static bool Join(Account account, Group group)
    {
        if (account.Groups.Contains(group))
        {
            return false;
        }

        account.Groups.Add(group);
        return true;
    }

    private static Organization OrganizationOf(Realm realm, Membership membership)
    {
        var found = realm.Organizations.Find(organization => organization.Alias == membership.Organization && organization.Enabled)
            ?? throw RefusedException.Problem(404, "organization_unknown", $"There is no enabled organization {membership.Organization}");
        return membership.Group is null || realm.GrantableRoleGroups.Contains(membership.Group) ? found : throw NotAllowed(membership.Group, "companion.role.groups");
    }

    private static Group GroupOf(Realm realm, string path)
    {
        var group = realm.Groups.Find(group => group.Path == path)
            ?? throw RefusedException.Problem(404, "group_unknown", $"There is no group with the path {path}");
        return Realm.Covers(realm.GrantableGroups, path)
            ? group
            : throw NotAllowed(path, "companion.groups");
    }

    private static RefusedException NotAllowed(string group, string attribute) =>
        RefusedException.Problem(403, "group_not_allowed", $"Group {group} is not listed in realm attribute {attribute}");
}
