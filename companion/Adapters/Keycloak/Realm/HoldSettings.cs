using System.Text.Json.Nodes;

namespace Companion.Adapters.Keycloak.Realm;

/// <summary>
/// The step that ends a sign-in only for accounts that nothing holds: behind every flow that the realm signs people in with. A flow
/// stays as it is and becomes the first part of one of ours. What can't be bound here is named.
/// </summary>
internal sealed class HoldSettings(RealmAdmin admin, RealmChanges changes)
{
    private const string Step = "invite-hold";

    private const string AfterBroker = "invite hold";

    /// <summary>Which flow of ours stands where the realm's own would.</summary>
    private static readonly string[] Bindings = ["browserFlow", "directGrantFlow", "resetCredentialsFlow"];

    public async Task ApplyAsync(JsonObject realm, CancellationToken cancellationToken)
    {
        var actual = (await admin.GetAsync("", cancellationToken)).AsObject();
        foreach (var binding in Bindings)
        {
            if (!await HoldsAsync((string)actual[binding]!, cancellationToken))
            {
                await BindAsync(binding, (string)actual[binding]!, (string)realm[binding]!, cancellationToken);
            }
        }

        await ApplyAfterBrokersAsync(cancellationToken);
        await ApplyScopeAsync(realm, cancellationToken);
    }

    /// <summary>Doors of single clients and of the server, which only an operator can close.</summary>
    public async Task WarnAsync(CancellationToken cancellationToken)
    {
        var aliases = RealmJson.Objects(await admin.GetAsync("authentication/flows", cancellationToken))
            .ToDictionary(flow => (string)flow["id"]!, flow => (string)flow["alias"]!);
        foreach (var client in await ClientsAsync(cancellationToken))
        {
            await WarnOfFlowsAsync(client, aliases, cancellationToken);
            if (Weakness(client) is { } weakness)
            {
                changes.Warn($"client '{client["clientId"]}' {weakness}");
            }
        }

        if (await admin.IsFeatureOnAsync("TOKEN_EXCHANGE", cancellationToken))
        {
            changes.Warn("feature 'token-exchange' is on: its clients can get tokens for accounts that never signed in. Switch it off; 'token-exchange-standard' may stay.");
        }
    }

    /// <summary>Tokens of these are for Keycloak's own API, where a newcomer has no rights.</summary>
    private static bool IsKeycloaksOwn(JsonObject client) => (string?)client["clientId"] is "admin-cli" or "security-admin-console";

    private static string? Weakness(JsonObject client) => (string?)client["protocol"] switch
    {
        "saml" => "speaks SAML: for its sign-ins only the flow and the server's events hold accounts back. See that both are as they are here, and don't sign in to it by ECP.",
        "docker-v2" => "signs in to a container registry, by a flow that nothing can be put behind: take it away from the realm.",
        _ when (bool?)client["implicitFlowEnabled"] == true =>
            "has the implicit or hybrid flow, which gives tokens in the address: switch off 'Implicit flow'.",
        _ => null,
    };

    private static bool SignsPeopleIn(JsonObject client) =>
        (bool?)client["enabled"] == true
        && (bool?)client["bearerOnly"] != true
        && ((bool?)client["standardFlowEnabled"] == true || (bool?)client["directAccessGrantsEnabled"] == true || (bool?)client["implicitFlowEnabled"] == true);

    /// <summary>The step is the last one of the flow's own, and none beside it could end the flow without it.</summary>
    private static bool Ends(JsonNode steps)
    {
        var own = RealmJson.Objects(steps).Where(step => (int)step["level"]! == 0 && (string?)step["requirement"] != "DISABLED").ToList();
        return own.Count > 0
            && (string?)own[^1]["providerId"] == Step
            && own.TrueForAll(step => (string?)step["requirement"] != "ALTERNATIVE");
    }

    private static string Executions(string flow) => $"authentication/flows/{RealmAdmin.Segment(flow)}/executions";

    private async Task<IEnumerable<JsonObject>> ClientsAsync(CancellationToken cancellationToken) =>
        RealmJson.Objects(await admin.GetAsync("clients", cancellationToken)).Where(SignsPeopleIn);

    private async Task<bool> HoldsAsync(string flow, CancellationToken cancellationToken) =>
        Ends(await admin.GetAsync(Executions(flow), cancellationToken));

    private async Task BindAsync(string binding, string bound, string ours, CancellationToken cancellationToken)
    {
        var flows = await admin.GetAsync("authentication/flows", cancellationToken);
        if (RealmJson.By(flows, "alias", ours) is null)
        {
            await changes.MakeAsync(
                $"put step 'Invite hold' behind flow '{bound}', as flow '{ours}'",
                () => WrapAsync(RealmJson.By(flows, "alias", bound)!["id"]!, ours, cancellationToken));
        }
        else if (!await HoldsAsync(ours, cancellationToken))
        {
            changes.Warn($"flow '{ours}' does not end with step 'Invite hold': add it, as REQUIRED and last, with no ALTERNATIVE beside it.");
            return;
        }

        await changes.MakeAsync(
            $"set {binding} to '{ours}'", () => admin.PutAsync("", new JsonObject { [binding] = ours }, cancellationToken));
    }

    private async Task WrapAsync(JsonNode flow, string ours, CancellationToken cancellationToken)
    {
        await admin.PostAsync(
            "authentication/flows",
            new JsonObject { ["alias"] = ours, ["providerId"] = "basic-flow", ["topLevel"] = true, ["builtIn"] = false },
            cancellationToken);
        var id = RealmJson.By(await admin.GetAsync("authentication/flows", cancellationToken), "alias", ours)!["id"]!;
        await AddAsync(id, 10, new() { ["flowId"] = flow.DeepClone(), ["authenticatorFlow"] = true }, cancellationToken);
        await AddAsync(id, 20, new() { ["authenticator"] = Step }, cancellationToken);
    }

    private Task AddAsync(JsonNode flow, int priority, JsonObject step, CancellationToken cancellationToken)
    {
        step["parentFlow"] = flow.DeepClone();
        step["requirement"] = "REQUIRED";
        step["priority"] = priority;
        return admin.PostAsync("authentication/executions", step, cancellationToken);
    }

    private async Task ApplyAfterBrokersAsync(CancellationToken cancellationToken)
    {
        foreach (var provider in RealmJson.Objects(await admin.GetAsync("identity-provider/instances", cancellationToken)))
        {
            if ((string?)provider["postBrokerLoginFlowAlias"] is not { Length: > 0 } flow)
            {
                provider["postBrokerLoginFlowAlias"] = AfterBroker;
                await changes.MakeAsync(
                    $"run flow '{AfterBroker}' after sign-ins with identity provider '{provider["alias"]}'",
                    () => admin.PutAsync($"identity-provider/instances/{RealmAdmin.Segment(provider["alias"])}", provider, cancellationToken));
            }
            else if (flow != AfterBroker && !await HoldsAsync(flow, cancellationToken))
            {
                changes.Warn($"flow '{flow}', which runs after sign-ins with identity provider '{provider["alias"]}', does not end with step 'Invite hold': add it, as REQUIRED and last.");
            }
        }
    }

    private async Task ApplyScopeAsync(JsonObject realm, CancellationToken cancellationToken)
    {
        var scopes = await admin.GetAsync("client-scopes", cancellationToken);
        var realmDefaults = await admin.GetAsync("default-default-client-scopes", cancellationToken);
        foreach (var name in RealmJson.Texts(realm["defaultDefaultClientScopes"]))
        {
            if (RealmJson.By(scopes, "name", name) is not { } scope)
            {
                continue;
            }

            var id = RealmAdmin.Segment(scope["id"]);
            if (RealmJson.By(realmDefaults, "name", name) is null)
            {
                await changes.MakeAsync(
                    $"give every new client scope '{name}'", () => admin.PutAsync($"default-default-client-scopes/{id}", null, cancellationToken));
            }

            var clients = (await ClientsAsync(cancellationToken)).Where(client =>
                !IsKeycloaksOwn(client) && (string?)client["protocol"] is (null or "openid-connect") && !RealmJson.Texts(client["defaultClientScopes"]).Contains(name));
            foreach (var client in clients)
            {
                await changes.MakeAsync(
                    $"give client '{client["clientId"]}' scope '{name}'",
                    () => admin.PutAsync($"clients/{RealmAdmin.Segment(client["id"])}/default-client-scopes/{id}", null, cancellationToken));
            }
        }
    }

    private async Task WarnOfFlowsAsync(JsonObject client, Dictionary<string, string> aliases, CancellationToken cancellationToken)
    {
        foreach (var (_, id) in client["authenticationFlowBindingOverrides"] as JsonObject ?? [])
        {
            if (aliases.TryGetValue((string?)id ?? "", out var flow) && !await HoldsAsync(flow, cancellationToken))
            {
                changes.Warn($"client '{client["clientId"]}' has flow '{flow}' of its own, which does not end with step 'Invite hold': take the client's override away, or add the step, as REQUIRED and last.");
            }
        }
    }
}
