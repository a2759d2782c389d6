using Sandbox;
using Sandbox.Components;
using Sandbox.Synapse;

namespace Companion.IntegrationTests.Matrix;

public sealed class RealHomeserver : IHomeserver, IAsyncLifetime
{
    private readonly RunFolder _folder = new();
    private SynapseServer? _server;

    public string BaseUrl => _server!.BaseUrl;

    public string ServerName => _server!.ServerName;

    public async Task<ChatLogin> RegisterAsync(string name, bool admin)
    {
        var account = await _server!.RegisterAsync(name, admin, CancellationToken.None);
        return new ChatLogin(account.UserId, account.AccessToken);
    }

    public async ValueTask InitializeAsync()
    {
        var settings = ComponentSettings.FromEnvironment();
        if (SynapseServer.Missing(settings) is { } sentence)
        {
            Assert.Skip(sentence);
        }

        _server = await SynapseServer.StartAsync(settings, new SynapsePlan(_folder.Sub("synapse"), "test.local", Login: null), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _folder.Dispose();
    }
}

/// <summary>The contract on the real Synapse.</summary>
[Trait("Server", "Synapse")]
public sealed class SynapseTests(RealHomeserver homeserver) : ChatServerContract(homeserver), IClassFixture<RealHomeserver>;
