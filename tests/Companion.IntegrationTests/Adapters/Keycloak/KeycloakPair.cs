using Sandbox.Keycloak;
using StandIns.Relay;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>Two nodes of a real Keycloak on one database, with a proxy before them that sends everybody to one of the two.</summary>
public sealed class KeycloakPair(PostgresFixture postgres) : RealKeycloak(postgres)
{
    private HttpRelay? _proxy;
    private KeycloakServer? _first;
    private KeycloakServer? _second;

    private protected override string? Proxy => _proxy!.Url;

    public void TurnToFirst() => _proxy!.Targets = [new Uri(_first!.Address)];

    public void TurnToSecond() => _proxy!.Targets = [new Uri(_second!.Address)];

    public override async ValueTask DisposeAsync()
    {
        if (_second is not null)
        {
            await _second.DisposeAsync();
        }

        await base.DisposeAsync();
        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }
    }

    protected override async Task StartAsync(IReadOnlyDictionary<string, string?> environment)
    {
        _proxy = await HttpRelay.StartAsync(CancellationToken.None);
        await base.StartAsync(environment);
        _first = (KeycloakServer)Server;
        _second = await StartServerAsync("second", environment);
        TurnToFirst();
    }
}
