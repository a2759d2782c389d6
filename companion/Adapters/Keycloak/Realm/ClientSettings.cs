using System.Text.Json.Nodes;

namespace Companion.Adapters.Keycloak.Realm;

/// <summary>Our own clients and their roles, and what Keycloak's account console needs to call the companion.</summary>
internal sealed class ClientSettings(RealmAdmin admin, RealmChanges changes)
{
    private const string Console = "account-console";

    private const string ApiScope = "companion-api";

    public async Task ApplyAsync(JsonObject realm, CancellationToken cancellationToken)
    {
        foreach (var client in RealmJson.Objects(realm["clients"]).Where(IsOurs))
        {
            await ApplyClientAsync(client, cancellationToken);
            await ApplyRolesAsync((string)client["clientId"]!, realm["roles"]?["client"]?[(string)client["clientId"]!], cancellationToken);
        }

        await ApplyConsoleAsync(realm, cancellationToken);
    }

    public async Task<JsonObject?> FindAsync(string clientId, CancellationToken cancellationToken) =>
        RealmJson.By(await admin.GetAsync($"clients?clientId={Uri.EscapeDataString(clientId)}", cancellationToken), "clientId", clientId);

    private static bool IsOurs(JsonObject client) => ((string)client["clientId"]!).StartsWith("companion", StringComparison.Ordinal);

    private async Task ApplyClientAsync(JsonObject wanted, CancellationToken cancellationToken)
    {
        var actual = await FindAsync((string)wanted["clientId"]!, cancellationToken);
        var settings = RealmJson.Without(wanted, "defaultClientScopes", "optionalClientScopes");
        if (actual is null)
        {
            await changes.MakeAsync($"create client '{wanted["clientId"]}'", () => admin.PostAsync("clients", wanted.DeepClone(), cancellationToken));
        }
        else if (!RealmJson.Holds(actual, settings))
        {
            var different = settings.Where(field => !RealmJson.Holds(actual[field.Key], field.Value)).Select(field => field.Key);
            await changes.MakeAsync(
                $"set {string.Join(", ", different)} of client '{wanted["clientId"]}'",
                () => admin.PutAsync($"clients/{RealmAdmin.Segment(actual["id"])}", RealmJson.Join(actual, settings), cancellationToken));
        }
    }

    private async Task ApplyRolesAsync(string clientId, JsonNode? wanted, CancellationToken cancellationToken)
    {
        if (await FindAsync(clientId, cancellationToken) is not { } client)
        {
            return;
        }

        var path = $"clients/{RealmAdmin.Segment(client["id"])}/roles";
        var existing = wanted is null ? null : await admin.GetAsync(path, cancellationToken);
        foreach (var role in RealmJson.Objects(wanted).Where(role => RealmJson.By(existing, "name", role["name"]) is null))
        {
            await changes.MakeAsync($"create role '{role["name"]}' of client '{clientId}'", () => admin.PostAsync(path, role.DeepClone(), cancellationToken));
        }
    }

    private async Task ApplyConsoleAsync(JsonObject realm, CancellationToken cancellationToken)
    {
        var scope = RealmJson.By(await admin.GetAsync("client-scopes", cancellationToken), "name", ApiScope);
        if (scope is null || await FindAsync(Console, cancellationToken) is not { } console)
        {
            return;
        }

        var path = $"clients/{RealmAdmin.Segment(console["id"])}";
        if (RealmJson.By(await admin.GetAsync($"{path}/default-client-scopes", cancellationToken), "name", ApiScope) is null)
        {
            await changes.MakeAsync(
                $"give client '{Console}' scope '{ApiScope}'",
                () => admin.PutAsync($"{path}/default-client-scopes/{RealmAdmin.Segment(scope["id"])}", null, cancellationToken));
        }

        var mapped = await admin.GetAsync($"{path}/scope-mappings/realm", cancellationToken);
        var wanted = RealmJson.Texts(RealmJson.By(realm["scopeMappings"], "client", Console)?["roles"]);
        foreach (var name in wanted.Where(name => RealmJson.By(mapped, "name", name) is null))
        {
            await changes.MakeAsync(
                $"let tokens of client '{Console}' carry role '{name}'",
                async () => await admin.PostAsync(
                    $"{path}/scope-mappings/realm",
                    new JsonArray((await admin.GetAsync($"roles/{Uri.EscapeDataString(name)}", cancellationToken)).DeepClone()),
                    cancellationToken));
        }
    }
}
