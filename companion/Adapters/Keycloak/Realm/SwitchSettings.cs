using System.Text.Json.Nodes;

namespace Companion.Adapters.Keycloak.Realm;

/// <summary>Settings of the realm itself: those that registration by invitation needs, and no others.</summary>
internal sealed class SwitchSettings(RealmAdmin admin, RealmChanges changes)
{
    private static readonly string[] Switches =
        ["registrationAllowed", "registrationFlow", "firstBrokerLoginFlow", "organizationsEnabled", "loginTheme", "accountTheme"];

    public async Task ApplyAsync(JsonObject realm, CancellationToken cancellationToken)
    {
        var actual = (await admin.GetAsync("", cancellationToken)).AsObject();
        foreach (var name in Switches.Where(name => !RealmJson.Holds(actual[name], realm[name])))
        {
            await PutAsync($"set {name} to '{realm[name]}'", name, realm[name]?.DeepClone(), cancellationToken);
        }

        if (!RealmJson.Holds(actual["eventsListeners"], realm["eventsListeners"]))
        {
            var joined = RealmJson.Join(actual["eventsListeners"], realm["eventsListeners"]);
            await PutAsync($"have events listened to by {string.Join(", ", RealmJson.Texts(joined))}", "eventsListeners", joined, cancellationToken);
        }

        var attributes = RealmJson.Pick(
            realm["attributes"]!.AsObject(),
            realm["attributes"]!.AsObject().Select(field => field.Key).Where(name => name.StartsWith("companion.", StringComparison.Ordinal)));
        if (!RealmJson.Holds(actual["attributes"], attributes))
        {
            // Keycloak removes what is not in the list: it must be whole.
            await PutAsync(
                $"set attributes {string.Join(", ", attributes.Select(field => field.Key))}",
                "attributes",
                RealmJson.Join(actual["attributes"], attributes),
                cancellationToken);
        }

        await WarnOfOtherDoorsAsync((string)realm["firstBrokerLoginFlow"]!, cancellationToken);
    }

    private async Task WarnOfOtherDoorsAsync(string closed, CancellationToken cancellationToken)
    {
        foreach (var provider in RealmJson.Objects(await admin.GetAsync("identity-provider/instances", cancellationToken)))
        {
            if ((string?)provider["firstBrokerLoginFlowAlias"] is { Length: > 0 } own && own != closed)
            {
                changes.Warn(
                    $"identity provider '{provider["alias"]}' has first login flow '{own}': unless that makes no accounts, set it to '{closed}'.");
            }
        }
    }

    private Task<bool> PutAsync(string what, string name, JsonNode? value, CancellationToken cancellationToken) =>
        changes.MakeAsync(what, () => admin.PutAsync("", new JsonObject { [name] = value }, cancellationToken));
}
