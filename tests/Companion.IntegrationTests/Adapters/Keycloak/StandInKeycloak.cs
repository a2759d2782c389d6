using Sandbox.Components;
using Sandbox.Keycloak;
using StandIns.IdentityProvider;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>The identity provider's stand-in, with the same realm.</summary>
public sealed class StandInKeycloak : KeycloakUnderTest
{
    private KeycloakStandIn? _adapter;

    public IdentityProviderStandIn StandIn { get; private set; } = null!;

    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    private protected override IKeycloak Server => _adapter!;

    public override async ValueTask DisposeAsync()
    {
        await StandIn.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override async Task StartAsync(IReadOnlyDictionary<string, string?> environment)
    {
        var repository = ComponentSettings.FromEnvironment().Repository;
        StandIn = await IdentityProviderStandIn.StartAsync(
            new IdentityProviderPlan(
                Path.Combine(repository, "idp-flows", "realm", "realm.json"), Path.Combine(repository, "idp-theme"), environment)
            {
                Clock = Clock,
            },
            CancellationToken.None);
        _adapter = new KeycloakStandIn(StandIn);
    }
}
