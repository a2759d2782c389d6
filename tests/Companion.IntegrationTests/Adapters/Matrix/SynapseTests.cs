using Sandbox;
using Sandbox.Components;
using Sandbox.Synapse;

namespace Companion.IntegrationTests.Adapters.Matrix;

public sealed class RealHomeserver : IHomeserver, IAsyncLifetime
{
    private readonly RunFolder _folder = new();
    private readonly ComponentSettings _settings = ComponentSettings.FromEnvironment();
    private SynapseServer? _server;

    public string BaseUrl => _server!.BaseUrl;

    public string ServerName => _server!.ServerName;

    public string? Missing => SynapseServer.Missing(_settings);

    public async Task<ChatLogin> RegisterAsync(string name, bool admin)
    {
        var account = await _server!.RegisterAsync(name, admin, CancellationToken.None);
        return new ChatLogin(account.UserId, account.AccessToken);
    }

    public async ValueTask InitializeAsync()
    {
        if (Missing is null)
        {
            _server = await SynapseServer.StartAsync(_settings, new SynapsePlan(_folder.Sub("synapse"), "test.local", Login: null), CancellationToken.None);
        }
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
public sealed class SynapseTests(RealHomeserver homeserver, PostgresFixture postgres)
    : ChatServerContract(homeserver, postgres), IClassFixture<RealHomeserver>;
