using Sandbox.Components;
using StandIns.IdentityProvider;

namespace Sandbox.Keycloak;

/// <summary>The stand-in, started with what the real one is started with.</summary>
internal sealed class KeycloakStandIn(IdentityProviderStandIn server) : IKeycloak
{
    public string AdminPassword => server.AdminPassword;

    public string BaseUrl => server.BaseUrl;

    public string Realm => server.Realm;

    public string RealmUrl => server.RealmUrl;

    public IdentityProviderFaults Faults => server.Faults;

    public static async Task<KeycloakStandIn> StartAsync(ComponentSettings settings, KeycloakPlan plan, CancellationToken cancellationToken) =>
        new(await IdentityProviderStandIn.StartAsync(
            new IdentityProviderPlan(plan.RealmFile, Path.Combine(settings.Repository, "idp-theme"), plan.Environment)
            {
                ConsoleFolder = await AccountConsole.BuildAsync(settings, cancellationToken),
            },
            cancellationToken));

    public void Configure(IReadOnlyDictionary<string, string?> changes) => server.Configure(changes);

    public Task StartAgainAsync(CancellationToken cancellationToken) => server.StartAgainAsync(cancellationToken);

    public Task StopAsync() => server.StopAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
