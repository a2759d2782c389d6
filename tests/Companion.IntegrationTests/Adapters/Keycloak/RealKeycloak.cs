using System.Text.Json.Nodes;
using Companion.Adapters.Keycloak.Realm;
using Sandbox;
using Sandbox.Components;
using Sandbox.Keycloak;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>The real Keycloak with the provider and the realm of this repository. Started once for all classes that ask for it.</summary>
public class RealKeycloak(PostgresFixture postgres) : KeycloakUnderTest
{
    private readonly ComponentSettings _settings = ComponentSettings.FromEnvironment();
    private RunFolder? _folder;
    private KeycloakServer? _server;
    private string? _database;

    private protected override IKeycloak Server => _server!;

    /// <summary>What stands before several servers on one database; null for a server alone.</summary>
    private protected virtual string? Proxy => null;

    private string? Missing => KeycloakServer.Missing(_settings);

    public override void SkipIfMissing() => Skip.ForLackOf(Missing);

    public override async ValueTask InitializeAsync()
    {
        if (Missing is null)
        {
            await base.InitializeAsync();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (_database is not null)
        {
            await postgres.DropDatabaseAsync(_database);
        }

        _folder?.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes a realm as Keycloak makes it, with nothing of ours.</summary>
    internal async Task<RealmAdmin> AddStockRealmAsync(string name, CancellationToken cancellationToken)
    {
        await AdminOf("").PostAsync("", new JsonObject { ["realm"] = name, ["enabled"] = true }, cancellationToken);
        return AdminOf(name);
    }

    protected override async Task StartAsync(IReadOnlyDictionary<string, string?> environment)
    {
        _folder = new RunFolder();
        _database = await postgres.CreateEmptyDatabaseAsync();
        _server = await StartServerAsync("keycloak", environment);
    }

    private protected Task<KeycloakServer> StartServerAsync(string name, IReadOnlyDictionary<string, string?> environment) => KeycloakServer.StartAsync(
        _settings,
        new KeycloakPlan(_folder!.Sub(name), Realm, Path.Combine(_settings.Repository, "idp-flows", "realm", "realm.json"), environment)
        {
            Proxy = Proxy,
        },
        _database!,
        CancellationToken.None);
}

[CollectionDefinition(nameof(RealKeycloak))]
public sealed class RealKeycloakGroup : ICollectionFixture<RealKeycloak>;
