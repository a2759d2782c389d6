using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Companion.Adapters.Keycloak.Realm;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>Who somebody is to a realm that lets nobody in too early. The last one may come in: so it is seen that a way leads somewhere.</summary>
public enum Standing
{
    Waiting,
    Denied,
    DeniedAndSwitchedOn,
    Unproven,
    Member,
}

/// <summary>An account and what it had got before it came to stand as it does.</summary>
/// <param name="Link">How an account elsewhere is called that is linked to it; its password is the same.</param>
/// <param name="Tokens">Of a sign-in when it was a member still; null where there was none.</param>
internal sealed record HeldPerson(string Id, string Username, string Address, Standing Standing, string Link, JsonNode? Tokens)
{
    public const string Password = "a-password-of-a-test";
}

/// <summary>
/// A realm made of the realm file, with clients for every way in that a realm can offer and another realm to sign in at. Layers of its
/// hold can be taken out one by one.
/// </summary>
internal sealed class HeldRealm(RealKeycloak keycloak, RealmAdmin admin)
{
    public const string Name = "held";

    public const string App = "app";

    public const string Provider = "elsewhere";

    public const string SamlName = "saml-app";

    public RealmAdmin Admin => admin;

    public string Url => $"{keycloak.BaseUrl}/realms/{Name}";

    public static async Task<HeldRealm> CreateAsync(RealKeycloak keycloak, CancellationToken cancellationToken)
    {
        var file = RealmFile.Load(name => name switch
        {
            "COMPANION_REALM" => Name,
            "COMPANION_CLIENT_SECRET" => keycloak.ClientSecret,
            "COMPANION_SMTP_HOST" => "127.0.0.1",
            "COMPANION_SMTP_PORT" => keycloak.Mail.Port.ToString(CultureInfo.InvariantCulture),
            _ => null,
        });
        await keycloak.AdminOf("").PostAsync("", file, cancellationToken);
        var elsewhere = await keycloak.AddStockRealmAsync(Provider, cancellationToken);
        var secret = Guid.NewGuid().ToString("N");
        await elsewhere.PostAsync(
            "clients",
            new JsonObject { ["clientId"] = Name, ["secret"] = secret, ["redirectUris"] = new JsonArray("*"), ["standardFlowEnabled"] = true },
            cancellationToken);
        var realm = new HeldRealm(keycloak, keycloak.AdminOf(Name));
        await realm.AddClientsAsync(cancellationToken);
        await realm.AddProviderAsync(secret, cancellationToken);
        // As an operator does who has other clients and identity providers: what the realm file can't know.
        await new ApplyRealm(realm.Admin, _ => { }, dryRun: false).RunAsync(file, cancellationToken);
        return realm;
    }

    /// <summary>Somebody new.</summary>
    public async Task<HeldPerson> AddAsync(Standing standing, CancellationToken cancellationToken)
    {
        var name = $"{standing}-{Guid.NewGuid().ToString("N")[..8]}".ToLowerInvariant();
        var id = await AddAccountAsync(Admin, name, isVerified: standing != Standing.Unproven, cancellationToken);
        var link = await AddAccountAsync(keycloak.AdminOf(Provider), $"{name}-there", isVerified: true, cancellationToken);
        await Admin.PostAsync(
            $"users/{id}/federated-identity/{Provider}", new JsonObject { ["userId"] = link, ["userName"] = $"{name}-there" }, cancellationToken);
        var person = new HeldPerson(id, name, $"{name}@example.org", standing, $"{name}-there", null);
        if (standing != Standing.Unproven)
        {
            using var before = new RealmVisitor(keycloak, cancellationToken, Url);
            var tokens = await before.PostAsync("token", [.. PasswordGrant(person)]);
            person = person with { Tokens = tokens.Json };
        }

        await (standing switch
        {
            Standing.Waiting => PutAsync(id, "pending", cancellationToken),
            Standing.Denied => PutAsync(id, "denied", cancellationToken),
            Standing.DeniedAndSwitchedOn => DenyAndSwitchOnAsync(id, cancellationToken),
            Standing.Unproven => Admin.PutAsync($"users/{id}", new JsonObject { ["requiredActions"] = new JsonArray("VERIFY_EMAIL") }, cancellationToken),
            _ => Task.CompletedTask,
        });
        return person;
    }

    public static IEnumerable<(string, string)> PasswordGrant(HeldPerson person) =>
    [
        ("grant_type", "password"), ("client_id", App), ("username", person.Username), ("password", HeldPerson.Password), ("scope", "openid offline_access"),
    ];

    public Task SignOutAsync(HeldPerson person, CancellationToken cancellationToken) =>
        Admin.PostAsync($"users/{person.Id}/logout", new JsonObject(), cancellationToken);

    /// <summary>What can be seen of an account's hold: switch, mark, required actions, and sessions of both kinds.</summary>
    public async Task<string> ShowAsync(HeldPerson person, CancellationToken cancellationToken)
    {
        var account = await Admin.GetAsync($"users/{person.Id}", cancellationToken);
        var app = (string)RealmJson.By(await Admin.GetAsync($"clients?clientId={App}", cancellationToken), "clientId", App)!["id"]!;
        var sessions = RealmJson.Objects(await Admin.GetAsync($"users/{person.Id}/sessions", cancellationToken)).Count()
            + RealmJson.Objects(await Admin.GetAsync($"users/{person.Id}/offline-sessions/{app}", cancellationToken)).Count();
        return $"{account["enabled"]} {account["attributes"]?["invite_approval"]?[0]} {account["requiredActions"]!.ToJsonString()} sessions: {sessions}";
    }

    /// <summary>Takes out what ends flows, what the required action shows, what vetoes, or what fails tokens.</summary>
    public async Task KeepAsync(bool flow, bool action, bool veto, bool mapper, CancellationToken cancellationToken)
    {
        await Admin.PutAsync(
            "",
            new JsonObject
            {
                ["browserFlow"] = flow ? "invite browser" : "browser",
                ["directGrantFlow"] = flow ? "invite direct grant" : "direct grant",
                ["resetCredentialsFlow"] = flow ? "invite reset credentials" : "reset credentials",
                ["eventsListeners"] = veto ? new JsonArray("jboss-logging", "invite-events") : new JsonArray("jboss-logging"),
            },
            cancellationToken);
        var required = await Admin.GetAsync("authentication/required-actions/invite-approval", cancellationToken);
        required["enabled"] = action;
        await Admin.PutAsync("authentication/required-actions/invite-approval", required, cancellationToken);
        var scope = RealmJson.By(await Admin.GetAsync("client-scopes", cancellationToken), "name", "invite-hold")!["id"];
        foreach (var client in RealmJson.Objects(await Admin.GetAsync("clients", cancellationToken)).Where(client => (string?)client["clientId"] is App or RealmVisitor.Console))
        {
            var path = $"clients/{client["id"]}/default-client-scopes/{scope}";
            await (mapper ? Admin.PutAsync(path, null, cancellationToken) : DeleteAsync(path, cancellationToken));
        }
    }

    private async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        var token = await keycloak.AdminTokenAsync(cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"{keycloak.BaseUrl}/admin/realms/{Name}/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (string)token["access_token"]!);
        using var answer = await http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<string> AddAccountAsync(RealmAdmin realm, string name, bool isVerified, CancellationToken cancellationToken)
    {
        await realm.PostAsync(
            "users",
            new JsonObject
            {
                ["username"] = name,
                ["email"] = $"{name}@example.org",
                ["emailVerified"] = isVerified,
                ["enabled"] = true,
                ["firstName"] = "Anna",
                ["lastName"] = "Anders",
                ["attributes"] = new JsonObject { ["invite_id"] = new JsonArray(Guid.CreateVersion7().ToString()) },
                ["credentials"] = new JsonArray(new JsonObject { ["type"] = "password", ["value"] = HeldPerson.Password }),
            },
            cancellationToken);
        return (string)RealmJson.Objects(await realm.GetAsync($"users?exact=true&username={name}", cancellationToken)).Single()["id"]!;
    }

    private async Task PutAsync(string id, string mark, CancellationToken cancellationToken)
    {
        var account = await Admin.GetAsync($"users/{id}", cancellationToken);
        account["attributes"]!["invite_approval"] = new JsonArray(mark);
        await Admin.PutAsync($"users/{id}", account, cancellationToken);
    }

    /// <summary>As by a tool that changes the database, or while the listener is missing.</summary>
    private async Task DenyAndSwitchOnAsync(string id, CancellationToken cancellationToken)
    {
        await PutAsync(id, "denied", cancellationToken);
        var listeners = (await Admin.GetAsync("", cancellationToken))["eventsListeners"]!;
        await Admin.PutAsync("", new JsonObject { ["eventsListeners"] = new JsonArray("jboss-logging") }, cancellationToken);
        await Admin.PutAsync($"users/{id}", new JsonObject { ["enabled"] = true }, cancellationToken);
        await Admin.PutAsync("", new JsonObject { ["eventsListeners"] = listeners.DeepClone() }, cancellationToken);
    }

    private async Task AddClientsAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, more) in ((string, JsonObject)[])
            [
                (App, new() { ["implicitFlowEnabled"] = true, ["directAccessGrantsEnabled"] = true }),
                ("asking", new() { ["consentRequired"] = true }),
                (SamlName, new() { ["protocol"] = "saml" }),
            ])
        {
            more["clientId"] = id;
            more["publicClient"] = true;
            more["redirectUris"] = new JsonArray($"{Url}/account/*");
            more["attributes"] = new JsonObject
            {
                ["oauth2.device.authorization.grant.enabled"] = "true",
                ["saml.client.signature"] = "false",
                ["saml.force.post.binding"] = "true",
                ["saml_assertion_consumer_url_post"] = $"{Url}/account/",
                ["saml_idp_initiated_sso_url_name"] = id,
            };
            await Admin.PostAsync("clients", more, cancellationToken);
        }
    }

    private Task AddProviderAsync(string secret, CancellationToken cancellationToken)
    {
        var there = $"{keycloak.BaseUrl}/realms/{Provider}/protocol/openid-connect";
        return Admin.PostAsync(
            "identity-provider/instances",
            new JsonObject
            {
                ["alias"] = Provider,
                ["providerId"] = "oidc",
                ["enabled"] = true,
                ["config"] = new JsonObject
                {
                    ["clientId"] = Name,
                    ["clientSecret"] = secret,
                    ["clientAuthMethod"] = "client_secret_post",
                    ["authorizationUrl"] = $"{there}/auth",
                    ["tokenUrl"] = $"{there}/token",
                    ["jwksUrl"] = $"{there}/certs",
                    ["useJwksUrl"] = "true",
                    ["validateSignature"] = "true",
                    ["issuer"] = $"{keycloak.BaseUrl}/realms/{Provider}",
                },
            },
            cancellationToken);
    }
}
