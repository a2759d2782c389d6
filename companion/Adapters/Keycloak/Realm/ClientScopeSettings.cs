using System.Text.Json.Nodes;

namespace Companion.Adapters.Keycloak.Realm;

/// <summary>Client scopes of our own, with their mappers.</summary>
internal sealed class ClientScopeSettings(RealmAdmin admin, RealmChanges changes)
{
    public async Task ApplyAsync(JsonObject realm, CancellationToken cancellationToken)
    {
        var existing = await admin.GetAsync("client-scopes", cancellationToken);
        foreach (var wanted in RealmJson.Objects(realm["clientScopes"]))
        {
            if (RealmJson.By(existing, "name", wanted["name"]) is { } scope)
            {
                await ApplyMappersAsync(scope, wanted, cancellationToken);
            }
            else
            {
                await changes.MakeAsync(
                    $"create client scope '{wanted["name"]}'", () => admin.PostAsync("client-scopes", wanted.DeepClone(), cancellationToken));
            }
        }
    }

    private async Task ApplyMappersAsync(JsonObject scope, JsonObject wanted, CancellationToken cancellationToken)
    {
        var path = $"client-scopes/{RealmAdmin.Segment(scope["id"])}/protocol-mappers/models";
        var existing = await admin.GetAsync(path, cancellationToken);
        foreach (var mapper in RealmJson.Objects(wanted["protocolMappers"]))
        {
            var actual = RealmJson.By(existing, "name", mapper["name"]);
            if (actual is null)
            {
                await changes.MakeAsync(
                    $"add mapper '{mapper["name"]}' to client scope '{wanted["name"]}'", () => admin.PostAsync(path, mapper.DeepClone(), cancellationToken));
            }
            else if (!RealmJson.Holds(actual, mapper))
            {
                await changes.MakeAsync(
                    $"set mapper '{mapper["name"]}' of client scope '{wanted["name"]}'",
                    () => admin.PutAsync($"{path}/{RealmAdmin.Segment(actual["id"])}", RealmJson.Join(actual, mapper), cancellationToken));
            }
        }
    }
}
