using StandIns.Homeserver;

namespace Sandbox.Synapse;

/// <summary>The stand-in, without anything to install.</summary>
internal sealed class SynapseStandIn(HomeserverStandIn server) : ISynapse
{
    public string BaseUrl => server.BaseUrl;

    public HomeserverFaults Faults => server.Faults;

    public static async Task<SynapseStandIn> StartAsync(string serverName) => new(await HomeserverStandIn.StartAsync(serverName));

    public Task<MatrixAccount> RegisterAsync(string name, bool admin, CancellationToken cancellationToken)
    {
        var (userId, accessToken) = server.Register(name, admin);
        return Task.FromResult(new MatrixAccount(userId, accessToken, ""));
    }

    public Task StartAgainAsync(CancellationToken cancellationToken) => server.StartAgainAsync(cancellationToken);

    public Task StopAsync() => server.StopAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
