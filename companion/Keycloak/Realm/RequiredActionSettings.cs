using System.Text.Json.Nodes;

namespace Companion.Keycloak.Realm;

/// <summary>The actions that a registration may set. Keycloak lets people pass who have one that is missing or off.</summary>
internal sealed class RequiredActionSettings(RealmAdmin admin, RealmChanges changes)
{
    private static readonly string[] Needed = ["VERIFY_EMAIL", "invite-approval"];

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

            if ((bool?)existing!["enabled"] != true)
            {
                existing["enabled"] = true;
                await changes.MakeAsync(
                    $"switch on required action '{wanted["alias"]}'",
                    () => admin.PutAsync($"authentication/required-actions/{RealmAdmin.Segment(wanted["alias"])}", existing, cancellationToken));
            }
        }
    }

    private Task<JsonNode> ListAsync(CancellationToken cancellationToken) => admin.GetAsync("authentication/required-actions", cancellationToken);
}
