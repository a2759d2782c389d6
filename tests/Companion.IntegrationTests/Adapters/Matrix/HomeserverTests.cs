using StandIns.Homeserver;

namespace Companion.IntegrationTests.Adapters.Matrix;

public sealed class StandInHomeserver : IHomeserver, IAsyncLifetime
{
    public HomeserverStandIn Server { get; private set; } = null!;

    public string BaseUrl => Server.BaseUrl;

    public string ServerName => Server.ServerName;

    public Task<ChatLogin> RegisterAsync(string name, bool admin)
    {
        var (userId, accessToken) = Server.Register(name, admin);
        return Task.FromResult(new ChatLogin(userId, accessToken));
    }

    public async ValueTask InitializeAsync() => Server = await HomeserverStandIn.StartAsync("test.local");

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

/// <summary>The contract on the stand-in.</summary>
public sealed class HomeserverTests(StandInHomeserver homeserver, PostgresFixture postgres)
    : ChatServerContract(homeserver, postgres), IClassFixture<StandInHomeserver>;
