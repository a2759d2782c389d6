using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace StandIns.Homeserver;

/// <summary>
/// A homeserver in this process that answers as Synapse 1.163 does, as far as the companion asks. Trusted only because the same
/// tests run against the real one.
/// </summary>
public sealed class HomeserverStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ChatWorld _world;

    private HomeserverStandIn(string serverName)
    {
        _world = new ChatWorld(serverName);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        var routes = new HomeserverRoutes(_app, _world, Faults);
        ClientApi.Map(routes);
        AdminApi.Map(routes);
    }

    public string BaseUrl => _app.Urls.First();

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
        await standIn._app.StartAsync();
        return standIn;
    }

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

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
