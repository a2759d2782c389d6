using System.Text.Json.Nodes;

namespace Companion.Adapters.Keycloak.Realm;

/// <summary>Our realm roles, the groups that people are invited into, and what the companion's service account may do.</summary>
internal sealed class RoleSettings(RealmAdmin admin, RealmChanges changes, ClientSettings clients)
{
    public async Task ApplyRolesAndGroupsAsync(JsonObject realm, CancellationToken cancellationToken)
    {
        var roles = await admin.GetAsync("roles", cancellationToken);
        foreach (var role in RealmJson.Objects(realm["roles"]?["realm"]).Where(role =>
            ((string)role["name"]!).StartsWith("companion", StringComparison.Ordinal) && RealmJson.By(roles, "name", role["name"]) is null))
        {
            await changes.MakeAsync($"create role '{role["name"]}'", () => admin.PostAsync("roles", role.DeepClone(), cancellationToken));
        }

        foreach (var group in RealmJson.Objects(realm["groups"]))
        {
            await ApplyGroupAsync(group, cancellationToken);
        }
    }

    /// <summary>Comes after the clients: the roles are theirs.</summary>
    public async Task ApplyServiceAccountsAsync(JsonObject realm, CancellationToken cancellationToken)
    {
        foreach (var account in RealmJson.Objects(realm["users"]))
        {
            var owner = await clients.FindAsync((string)account["serviceAccountClientId"]!, cancellationToken);
            if (owner is null)
            {
                continue;
            }

            var user = await admin.GetAsync($"clients/{RealmAdmin.Segment(owner["id"])}/service-account-user", cancellationToken);
            foreach (var (clientId, names) in account["clientRoles"]!.AsObject())
            {
                await GiveClientRolesAsync(user, clientId, RealmJson.Texts(names), cancellationToken);
            }
        }
    }

    private async Task ApplyGroupAsync(JsonObject wanted, CancellationToken cancellationToken)
    {
        var path = $"group-by-path/{RealmAdmin.Segment(wanted["name"])}";
        var group = await admin.FindAsync(path, cancellationToken);
        if (group is null)
        {
            var created = await changes.MakeAsync(
                $"create group '/{wanted["name"]}'",
                () => admin.PostAsync("groups", RealmJson.Pick(wanted, ["name"]), cancellationToken));
            if (!created)
            {
                return;
            }

            group = await admin.GetAsync(path, cancellationToken);
        }

        var roles = $"groups/{RealmAdmin.Segment(group["id"])}/role-mappings/realm";
        var given = await admin.GetAsync(roles, cancellationToken);
        foreach (var name in RealmJson.Texts(wanted["realmRoles"]).Where(name => RealmJson.By(given, "name", name) is null))
        {
            await changes.MakeAsync(
                $"give group '/{wanted["name"]}' role '{name}'",
                () => GiveAsync(roles, $"roles/{Uri.EscapeDataString(name)}", cancellationToken));
        }
    }

    private async Task GiveClientRolesAsync(JsonNode user, string clientId, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        if (await clients.FindAsync(clientId, cancellationToken) is not { } client)
        {
            return;
        }

        var id = RealmAdmin.Segment(client["id"]);
        var path = $"users/{RealmAdmin.Segment(user["id"])}/role-mappings/clients/{id}";
        var given = await admin.GetAsync(path, cancellationToken);
        foreach (var name in names.Where(name => RealmJson.By(given, "name", name) is null))
        {
            await changes.MakeAsync(
                $"give '{user["username"]}' role '{name}' of client '{clientId}'",
                () => GiveAsync(path, $"clients/{id}/roles/{Uri.EscapeDataString(name)}", cancellationToken));
        }
    }

    private async Task GiveAsync(string to, string role, CancellationToken cancellationToken) =>
        await admin.PostAsync(to, new JsonArray((await admin.GetAsync(role, cancellationToken)).DeepClone()), cancellationToken);
}
