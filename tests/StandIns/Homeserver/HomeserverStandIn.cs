namespace StandIns.Homeserver;

/// <summary>
/// A homeserver in this process that answers as Synapse 1.163 does, as far as the companion asks. Trusted only because the same
/// tests run against the real one.
/// </summary>
public sealed class HomeserverStandIn : IAsyncDisposable
{
    private readonly LocalServer _server;
    private readonly ChatWorld _world;

    private HomeserverStandIn(string serverName)
    {
        _world = new ChatWorld(serverName);
        _server = new LocalServer(app =>
        {
            var routes = new HomeserverRoutes(app, _world, Faults);
            ClientApi.Map(routes);
            AdminApi.Map(routes);
        });
    }

    public string BaseUrl => _server.BaseUrl;

    public string ServerName => _world.ServerName;

    public HomeserverFaults Faults { get; } = new();

    /// <summary>Synapse's default limit of invites to one person: five, then one every 333 seconds.</summary>
    public bool LimitsInvites
    {
        get => _world.LimitsInvites;
        set => _world.LimitsInvites = value;
    }

    public static async Task<HomeserverStandIn> StartAsync(string serverName)
    {
        var standIn = new HomeserverStandIn(serverName);
        await standIn.StartAgainAsync(CancellationToken.None);
        return standIn;
    }

    /// <summary>Nobody can reach it until it is started again; rooms and accounts stay.</summary>
    public Task StopAsync() => _server.StopAsync();

    /// <summary>On the same port as before.</summary>
    public Task StartAgainAsync(CancellationToken cancellationToken) => _server.StartAsync(cancellationToken);

    /// <summary>Makes an account and signs it in.</summary>
    /// <returns>Its id and access token.</returns>
    public (string UserId, string AccessToken) Register(string name, bool admin)
    {
        var person = new ChatPerson($"@{name}:{ServerName}") { IsAdmin = admin };
        var token = $"token-{Guid.NewGuid():N}";
        lock (_world)
        {
            _world.People.Add(person.Id, person);
            _world.Tokens.Add(token, person.Id);
        }

        return (person.Id, token);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
