using System.Text.Json.Nodes;

namespace Companion.Adapters.Keycloak.Realm;

/// <summary>
/// The actions that a registration may set, before which no other may stand, and the change of an address, which has to be proved.
/// Keycloak lets people pass who have one that is missing or off.
/// </summary>
internal sealed class RequiredActionSettings(RealmAdmin admin, RealmChanges changes)
{
    /// <summary>Keycloak stops at the first action that has nothing to show, and forgets those behind it.</summary>
    private const string First = "invite-approval";

    private static readonly string[] Needed = ["VERIFY_EMAIL", "UPDATE_EMAIL", First];

    public async Task ApplyAsync(JsonObject realm, CancellationToken cancellationToken)
    {
        foreach (var wanted in RealmJson.Objects(realm["requiredActions"]).Where(action => Needed.Contains((string?)action["alias"])))
        {
            var existing = RealmJson.By(await ListAsync(cancellationToken), "alias", wanted["alias"]);
            if (existing is null)
            {
                var registered = await changes.MakeAsync(
                    $"register required action '{wanted["alias"]}'",
                    () => admin.PostAsync("authentication/register-required-action", RealmJson.Pick(wanted, ["providerId", "name"]), cancellationToken));
                if (!registered)
                {
                    continue;
                }

                existing = RealmJson.By(await ListAsync(cancellationToken), "alias", wanted["alias"]);
            }

            var settings = RealmJson.Pick(wanted, (string)wanted["alias"]! == First ? ["enabled", "config", "priority"] : ["enabled", "config"]);
            if (!RealmJson.Holds(existing, settings))
            {
                await changes.MakeAsync(
                    $"set {string.Join(", ", settings.Where(field => !RealmJson.Holds(existing![field.Key], field.Value)).Select(field => field.Key))} of required action '{wanted["alias"]}'",
                    () => admin.PutAsync(
                        $"authentication/required-actions/{RealmAdmin.Segment(wanted["alias"])}", RealmJson.Join(existing, settings), cancellationToken));
            }
        }
    }

    private Task<JsonNode> ListAsync(CancellationToken cancellationToken) => admin.GetAsync("authentication/required-actions", cancellationToken);
}
