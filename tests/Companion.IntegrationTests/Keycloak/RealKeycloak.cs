using System.Text.Json.Nodes;
using Companion.Keycloak.Realm;
using Sandbox;
using Sandbox.Components;
using Sandbox.Keycloak;

namespace Companion.IntegrationTests.Keycloak;

/// <summary>The real Keycloak with the provider and the realm of this repository. Started once for all classes that ask for it.</summary>
public sealed class RealKeycloak : IKeycloakUnderTest, IAsyncLifetime
{
    private readonly ComponentSettings _settings = ComponentSettings.FromEnvironment();
    private RunFolder? _folder;
    private KeycloakServer? _server;
    private HttpClient? _http;

    public string BaseUrl => _server!.BaseUrl;

    public string Realm => "community";

    public string ClientSecret { get; } = Guid.NewGuid().ToString("N");

    public string? Missing => KeycloakServer.Missing(_settings);

    internal RealmAdmin Admin => AdminOf(Realm);

    public void SkipIfMissing() => Assert.SkipWhen(Missing is not null, Missing ?? "");

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null)
        {
            return;
        }

        _http = new HttpClient();
        _folder = new RunFolder();
        _server = await KeycloakServer.StartAsync(
            _settings,
            new KeycloakPlan(
                _folder.Sub("keycloak"),
                Realm,
                Path.Combine(_settings.Repository, "idp-flows", "realm", "realm.json"),
                new Dictionary<string, string?>
                {
                    ["COMPANION_REALM"] = Realm,
                    ["COMPANION_CLIENT_SECRET"] = ClientSecret,
                    ["COMPANION_URL"] = "https://companion.example.org",
                }),
            CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _http?.Dispose();
        _folder?.Dispose();
    }

    public async Task<string> AddAccountAsync(AccountSeed seed, CancellationToken cancellationToken)
    {
        var admin = Admin;
        var user = seed.ToJson();
        user["groups"] = new JsonArray([.. seed.Groups.Select(group => (JsonNode)group)]);
        await admin.PostAsync("users", user, cancellationToken);
        var found = await admin.GetAsync($"users?exact=true&username={Uri.EscapeDataString(seed.Username)}", cancellationToken);
        return (string)found[0]!["id"]!;
    }

    public async Task JoinAsync(string organization, string accountId, CancellationToken cancellationToken)
    {
        var admin = Admin;
        if (RealmJson.By(await admin.GetAsync("organizations", cancellationToken), "alias", organization) is null)
        {
            await admin.PostAsync("organizations", new JsonObject { ["name"] = organization }, cancellationToken);
        }

        var id = RealmJson.By(await admin.GetAsync("organizations", cancellationToken), "alias", organization)!["id"];
        await admin.PostAsync($"organizations/{RealmAdmin.Segment(id)}/members", JsonValue.Create(accountId), cancellationToken);
    }

    /// <summary>Makes a realm as Keycloak makes it, with nothing of ours.</summary>
    internal async Task<RealmAdmin> AddStockRealmAsync(string name, CancellationToken cancellationToken)
    {
        await AdminOf("").PostAsync("", new JsonObject { ["realm"] = name, ["enabled"] = true }, cancellationToken);
        return AdminOf(name);
    }

    private RealmAdmin AdminOf(string realm) => new(
        _http!,
        BaseUrl,
        realm,
        new RealmAdminLogin("master", new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["client_id"] = "admin-cli",
            ["username"] = KeycloakServer.AdminName,
            ["password"] = _server!.AdminPassword,
        }));
}

[CollectionDefinition(nameof(RealKeycloak))]
public sealed class RealKeycloakGroup : ICollectionFixture<RealKeycloak>;
