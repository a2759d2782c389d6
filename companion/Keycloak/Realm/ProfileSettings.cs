using System.Text.Json.Nodes;

namespace Companion.Keycloak.Realm;

/// <summary>The account's marks, which only admins may see and write. All other attributes of the user profile stay as they are.</summary>
internal sealed class ProfileSettings(RealmAdmin admin, RealmChanges changes)
{
    private const string Path = "users/profile";

    private static readonly string[] Marks = ["invite_id", "invite_approval"];

    public async Task ApplyAsync(JsonObject realm, CancellationToken cancellationToken)
    {
        var profile = (await admin.GetAsync(Path, cancellationToken)).AsObject();
        var attributes = profile["attributes"]!.AsArray();
        var different = Wanted(realm).Where(mark => !IsSame(RealmJson.By(attributes, "name", mark["name"]), mark)).ToList();
        if (different.Count == 0)
        {
            return;
        }

        foreach (var mark in different)
        {
            if (RealmJson.By(attributes, "name", mark["name"]) is { } existing)
            {
                attributes.Remove(existing);
            }

            attributes.Add(mark.DeepClone());
        }

        await changes.MakeAsync(
            $"declare user attributes {string.Join(", ", different.Select(mark => (string)mark["name"]!))}",
            () => admin.PutAsync(Path, profile, cancellationToken));
    }

    /// <summary>A mark that users may write would let them pass as invited: the permissions must be equal, not only hold.</summary>
    private static bool IsSame(JsonObject? actual, JsonObject wanted) =>
        actual is not null && RealmJson.Holds(actual, wanted) && RealmJson.Holds(wanted["permissions"], actual["permissions"]);

    private static IEnumerable<JsonObject> Wanted(JsonObject realm)
    {
        var component = realm["components"]!["org.keycloak.userprofile.UserProfileProvider"]![0]!;
        var profile = JsonNode.Parse((string)component["config"]!["kc.user.profile.config"]![0]!)!;
        return RealmJson.Objects(profile["attributes"]).Where(attribute => Marks.Contains((string?)attribute["name"]));
    }
}
