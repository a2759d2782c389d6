using System.Text.Json.Nodes;

namespace Companion.Adapters.Keycloak.Realm;

/// <summary>Attributes that the provider writes and people may not: the account's marks and its picture. All others of the user profile stay as they are.</summary>
internal sealed class ProfileSettings(RealmAdmin admin, RealmChanges changes)
{
    private const string Path = "users/profile";

    private static readonly string[] Ours = ["invite_id", "invite_approval", "picture"];

    public async Task ApplyAsync(JsonObject realm, CancellationToken cancellationToken)
    {
        var profile = (await admin.GetAsync(Path, cancellationToken)).AsObject();
        var attributes = profile["attributes"]!.AsArray();
        var different = Wanted(realm).Where(wanted => !IsSame(RealmJson.By(attributes, "name", wanted["name"]), wanted)).ToList();
        if (different.Count == 0)
        {
            return;
        }

        foreach (var wanted in different)
        {
            if (RealmJson.By(attributes, "name", wanted["name"]) is { } existing)
            {
                attributes.Remove(existing);
            }

            attributes.Add(wanted.DeepClone());
        }

        await changes.MakeAsync(
            $"declare user attributes {string.Join(", ", different.Select(wanted => (string)wanted["name"]!))}",
            () => admin.PutAsync(Path, profile, cancellationToken));
    }

    /// <summary>A mark that users may write would let them pass as invited: the permissions must be equal, not only hold.</summary>
    private static bool IsSame(JsonObject? actual, JsonObject wanted) =>
        actual is not null && RealmJson.Holds(actual, wanted) && RealmJson.Holds(wanted["permissions"], actual["permissions"]);

    private static IEnumerable<JsonObject> Wanted(JsonObject realm)
    {
        var component = realm["components"]!["org.keycloak.userprofile.UserProfileProvider"]![0]!;
        var profile = JsonNode.Parse((string)component["config"]!["kc.user.profile.config"]![0]!)!;
        return RealmJson.Objects(profile["attributes"]).Where(attribute => Ours.Contains((string?)attribute["name"]));
    }
}
