using Companion.Adapters.Matrix;
using Companion.Community.Directory;
using Companion.Foundation.Kernel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Companion.IntegrationTests.Adapters.Matrix;

/// <summary>What the companion's Matrix side promises. The same tests run on the stand-in and on the real Synapse.</summary>
public abstract partial class ChatServerContract(IHomeserver homeserver, PostgresFixture postgres) : IAsyncLifetime
{
    private readonly TestDatabase _database = new(postgres);
    private readonly IdentityProviderDouble _identityProvider = new();
    private readonly ConnectionDouble _connections = new();
    private readonly List<ServiceProvider> _providers = [];

    protected ChatScene Lab { get; private set; } = null!;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Person Inviter { get; set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Skip.ForLackOf(homeserver.Missing);
        await _database.InitializeAsync();
        Lab = new(homeserver);
        await Lab.PrepareAsync();
        Inviter = _identityProvider.AddMember(ChatScene.Unique("inviter"));
        await Lab.LinkAsync(Lab.Owner.UserId, Inviter.Id.Value);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var provider in _providers)
        {
            await provider.DisposeAsync();
        }

        if (Lab is not null)
        {
            Lab.Dispose();
            await _database.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>The companion's Matrix side for these managed rooms.</summary>
    private ServiceProvider Companion(RoomId[] rooms, params (string Key, string? Value)[] settings)
    {
        var configuration = new Dictionary<string, string?>
        {
            ["Matrix:BaseUrl"] = homeserver.BaseUrl,
            ["Matrix:ServerName"] = homeserver.ServerName,
            ["Matrix:BotUserId"] = Lab.Bot.UserId,
            ["Matrix:AccessToken"] = Lab.Bot.AccessToken,
            ["Matrix:AdminToken"] = Lab.Bot.AccessToken,
            ["Matrix:WelcomeText"] = "Good to have you here.",
        };
        for (var i = 0; i < rooms.Length; i++)
        {
            configuration[$"Matrix:ManagedRooms:{i}:RoomId"] = rooms[i].Value;
            configuration[$"Matrix:ManagedRooms:{i}:Name"] = $"Room {i}";
        }

        foreach (var (key, value) in settings)
        {
            configuration[$"Matrix:{key}"] = value;
        }

        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(configuration).Build());
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IIdentityProvider>(_identityProvider);
        services.AddSingleton<IChatConnections>(_connections);
        services.AddSingleton(_database.DataSource);
        services.AddMatrix();
        var provider = services.BuildServiceProvider();
        _providers.Add(provider);
        return provider;
    }

    private IChatServer Chat(params RoomId[] rooms) => Companion(rooms).GetRequiredService<IChatServer>();

    /// <summary>Somebody with an account here and a linked chat account.</summary>
    private async Task<(Person Person, ChatLogin Login)> NewcomerAsync()
    {
        var person = _identityProvider.AddMember(ChatScene.Unique("anna"));
        var login = await homeserver.RegisterAsync(person.Username, admin: false);
        await Lab.LinkAsync(login.UserId, person.Id.Value);
        return (person, login);
    }

    private Task<RoomAnswer> EnterAsync(IChatServer chat, Person person, RoomId room, OnboardingKind kind = OnboardingKind.Newcomer) =>
        chat.EnterRoomAsync(person, Inviter, room, kind, Stop);

    /// <summary>What people proved, in memory.</summary>
    private sealed class ConnectionDouble : IChatConnections
    {
        public Dictionary<AccountId, MatrixUserId> Proved { get; } = [];

        public Task<MatrixUserId?> FindAsync(AccountId account, CancellationToken cancellationToken) =>
            Task.FromResult(Proved.TryGetValue(account, out var id) ? id : (MatrixUserId?)null);
    }
}
