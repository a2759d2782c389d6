using System.Text.Json.Nodes;

namespace Companion.Adapters.Keycloak.Realm;

/// <summary>
/// Our authentication flows: missing ones are made, steps that are missing, switched or out of order are put right; other steps stay.
/// Keycloak's own flows are in every realm, and what stands around them is <see cref="HoldSettings"/>'.
/// </summary>
internal sealed class FlowSettings(RealmAdmin admin, RealmChanges changes)
{
    public async Task ApplyAsync(JsonObject realm, CancellationToken cancellationToken)
    {
        var flows = RealmJson.Objects(realm["authenticationFlows"]).ToList();
        var builtIn = flows.Where(flow => (bool?)flow["builtIn"] == true).Select(flow => (string)flow["alias"]!).ToHashSet();
        var ours = flows.Where(flow => (bool?)flow["topLevel"] == true
            && !builtIn.Contains((string)flow["alias"]!)
            && !RealmJson.Objects(flow["authenticationExecutions"]).Any(step => builtIn.Contains((string?)step["flowAlias"] ?? "")));
        foreach (var flow in ours)
        {
            var existing = await admin.GetAsync("authentication/flows", cancellationToken);
            if (RealmJson.By(existing, "alias", flow["alias"]) is null
                && !await changes.MakeAsync(
                    $"create flow '{flow["alias"]}' with its steps",
                    () => admin.PostAsync("authentication/flows", RealmJson.Without(flow, "authenticationExecutions"), cancellationToken)))
            {
                continue;
            }

            await ApplyStepsAsync(flow, flows, cancellationToken);
        }
    }

    private async Task ApplyStepsAsync(JsonObject flow, List<JsonObject> flows, CancellationToken cancellationToken)
    {
        var path = $"authentication/flows/{RealmAdmin.Segment(flow["alias"])}/executions";
        foreach (var step in RealmJson.Objects(flow["authenticationExecutions"]))
        {
            var existing = Find(await admin.GetAsync(path, cancellationToken), step);
            if (existing is null)
            {
                if (!await changes.MakeAsync($"add step '{Name(step)}' to flow '{flow["alias"]}'", () => AddAsync(path, step, flows, cancellationToken)))
                {
                    continue;
                }

                existing = Find(await admin.GetAsync(path, cancellationToken), step)!;
            }

            var wanted = RealmJson.Pick(step, ["requirement", "priority"]);
            if (!RealmJson.Holds(existing, wanted))
            {
                await changes.MakeAsync(
                    $"make step '{Name(step)}' of flow '{flow["alias"]}' {step["requirement"]} at {step["priority"]}",
                    () => admin.PutAsync(path, RealmJson.Join(existing, wanted), cancellationToken));
            }

            if (step["flowAlias"] is { } alias)
            {
                await ApplyStepsAsync(RealmJson.By(ToArray(flows), "alias", alias)!, flows, cancellationToken);
            }
        }
    }

    private Task AddAsync(string path, JsonObject step, List<JsonObject> flows, CancellationToken cancellationToken)
    {
        if (step["flowAlias"] is not { } alias)
        {
            return admin.PostAsync($"{path}/execution", new JsonObject { ["provider"] = (string)step["authenticator"]! }, cancellationToken);
        }

        var subflow = RealmJson.By(ToArray(flows), "alias", alias)!;
        return admin.PostAsync(
            $"{path}/flow",
            new JsonObject
            {
                ["alias"] = (string)alias!,
                ["description"] = (string?)subflow["description"],
                ["type"] = (string)subflow["providerId"]!,
                ["provider"] = (string)step["authenticator"]!,
            },
            cancellationToken);
    }

    /// <summary>The list of a flow's steps also holds those of its subflows.</summary>
    private static JsonObject? Find(JsonNode steps, JsonObject step) => RealmJson.Objects(steps).FirstOrDefault(existing =>
        (int)existing["level"]! == 0
        && (step["flowAlias"] is { } alias
            ? (string?)existing["displayName"] == (string?)alias
            : (string?)existing["providerId"] == (string?)step["authenticator"] && existing["flowId"] is null));

    private static string Name(JsonObject step) => (string)(step["flowAlias"] ?? step["authenticator"])!;

    private static JsonArray ToArray(List<JsonObject> flows) => new([.. flows.Select(flow => flow.DeepClone())]);
}
