using Sandbox.Components;
using StandIns.IdentityProvider;

namespace Companion.IntegrationTests.Keycloak;

/// <summary>The identity provider's stand-in, with the same realm.</summary>
public sealed class StandInKeycloak : KeycloakUnderTest
{
    public IdentityProviderStandIn Server { get; private set; } = null!;

    public override string BaseUrl => Server.BaseUrl;

    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    protected override string AdminPassword => Server.AdminPassword;

    public override async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override async Task StartAsync(IReadOnlyDictionary<string, string?> environment)
    {
        var repository = ComponentSettings.FromEnvironment().Repository;
        Server = await IdentityProviderStandIn.StartAsync(
            new IdentityProviderPlan(
                Path.Combine(repository, "idp-flows", "realm", "realm.json"), Path.Combine(repository, "idp-theme"), environment)
            {
                Clock = Clock,
            },
            CancellationToken.None);
    }
}
