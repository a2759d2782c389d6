using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using Companion.Community.Directory;
using Companion.Foundation.Outbox;
using Companion.Host;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Companion.IntegrationTests;

/// <summary>What one test's companion has different from the others'.</summary>
internal sealed class CompanionHostSettings
{
    /// <summary>By full key, e.g. Invites:MaxOpen.</summary>
    public Dictionary<string, string?> Configuration { get; } = [];

    /// <summary>As on the command line: for what is read before the application is built.</summary>
    public IList<string> Arguments { get; } = [];

    /// <summary>Null for the system's clock.</summary>
    public FakeClock? Clock { get; set; } = new();

    /// <summary>Replaces services after all features have registered theirs.</summary>
    public Action<IServiceCollection> Services { get; set; } = _ => { };

    /// <summary>Endpoints beside the real ones, to test what is around them.</summary>
    public Action<IEndpointRouteBuilder> Endpoints { get; set; } = _ => { };
}

/// <summary>
/// The real application in this process, on a real port and a database of its own. Outside systems are doubles; the outbox runs when
/// <see cref="RunOutboxAsync"/> is called. A class fixture as it is, or with other settings as a derived class; tests that change what others
/// see start their own.
/// </summary>
public class CompanionHost : IAsyncLifetime
{
    private readonly PostgresFixture _postgres;
    private readonly CompanionHostSettings _settings = new();
    private readonly CapturedLog _log = new();
    private readonly List<HttpClient> _clients = [];
    private WebApplication? _app;

    public CompanionHost(PostgresFixture postgres)
        : this(postgres, _ => { })
    {
    }

    private protected CompanionHost(PostgresFixture postgres, Action<CompanionHostSettings> configure)
    {
        _postgres = postgres;
        configure(_settings);
    }

    /// <summary>Base address of the companion, without a trailing slash.</summary>
    public string Address => _app!.Urls.First();

    public string ConnectionString { get; private set; } = "";

    /// <summary>For calls without a token; follows no redirects.</summary>
    public HttpClient Anonymous { get; private set; } = null!;

    internal IServiceProvider Services => _app!.Services;

    /// <summary>Fails where the host runs on the system's clock.</summary>
    internal FakeClock Clock => _settings.Clock!;

    internal TestTokens Tokens { get; private set; } = null!;

    internal IdentityProviderDouble IdentityProvider { get; } = new();

    internal RoomDirectoryDouble Rooms { get; } = new();

    internal IReadOnlyCollection<string> LogLines => _log.Lines;

    /// <summary>Starts a companion for one test; dispose it there.</summary>
    internal static async Task<CompanionHost> StartAsync(PostgresFixture postgres, Action<CompanionHostSettings> configure)
    {
        var host = new CompanionHost(postgres, configure);
        try
        {
            await host.InitializeAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await _postgres.CreateDatabaseAsync();
        Tokens = await TestTokens.StartAsync();
        var builder = CompanionApplication.CreateBuilder([.. _settings.Arguments]);
        builder.Configuration.AddInMemoryCollection(Defaults().Concat(_settings.Configuration).GroupBy(pair => pair.Key).Select(same => same.Last()));
        builder.Logging.ClearProviders().AddProvider(_log);
        builder.Services.Replace(ServiceDescriptor.Singleton(_settings.Clock ?? TimeProvider.System));
        builder.Services.RemoveAll<IIdentityProvider>().AddSingleton<IIdentityProvider>(IdentityProvider);
        builder.Services.RemoveAll<IRoomDirectory>().AddSingleton<IRoomDirectory>(Rooms);
        _settings.Services(builder.Services);
        _app = CompanionApplication.Build(builder);
        _settings.Endpoints(_app);
        await _app.StartAsync();
        Anonymous = Client(Handler());
    }

    /// <summary>A client that sends this account's access token, new with every request.</summary>
    public HttpClient ClientOf(string account, bool moderator = false) =>
        Client(new BearerHandler(() => Tokens.Mint(account, moderator, Services.GetRequiredService<TimeProvider>().GetUtcNow())));

    /// <summary>Sends bytes as they stand, where HttpClient would send others or go on sending after the answer.</summary>
    /// <returns>All that came back until the connection was closed.</returns>
    public async Task<string> SendRawAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(Address).Port, cancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(request, cancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    /// <summary>Works off the outbox until nothing is due.</summary>
    /// <returns>How many messages were claimed.</returns>
    public async Task<int> RunOutboxAsync(CancellationToken cancellationToken)
    {
        var worker = Services.GetRequiredService<OutboxWorker>();
        var total = 0;
        while (await worker.RunOnceAsync(cancellationToken) is > 0 and var claimed)
        {
            total += claimed;
            total.ShouldBeLessThan(10_000, "The outbox makes work for itself without an end.");
        }

        return total;
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        _log.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        if (Tokens is not null)
        {
            await Tokens.DisposeAsync();
        }

        await _postgres.DropDatabaseAsync(ConnectionString);
        GC.SuppressFinalize(this);
    }

    private Dictionary<string, string?> Defaults() => new()
    {
        ["Urls"] = "http://127.0.0.1:0",
        ["Database:ConnectionString"] = ConnectionString,
        ["Database:MigrateAtStart"] = "false",
        ["Outbox:Enabled"] = "false",
        ["Hosting:AnonymousRequestsPerMinute"] = "1000000",
        ["Hosting:TokenChecksPerMinute"] = "1000000",
        ["Hosting:AccountRequestsPerMinute"] = "1000000",
        ["Security:MasterKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        ["Community:Name"] = "Harbour Community",
        ["Community:PublicUrl"] = "https://companion.example.org",
        ["Webhooks:Secret"] = $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}",
        ["Keycloak:BaseUrl"] = "http://127.0.0.1:9",
        ["Keycloak:PublicUrl"] = "https://id.example.org",
        ["Keycloak:Realm"] = "community",
        ["Keycloak:ClientSecret"] = "the provider is a double",
        ["Authentication:Issuer"] = Tokens.Issuer,
        ["Authentication:JwksUri"] = Tokens.JwksUri,
        ["Authentication:AllowedOrigins:0"] = "https://id.example.org",
    };

    private HttpClient Client(HttpMessageHandler handler)
    {
        var client = new HttpClient(handler) { BaseAddress = new Uri(Address) };
        _clients.Add(client);
        return client;
    }

    private static SocketsHttpHandler Handler() => new() { AllowAutoRedirect = false, Expect100ContinueTimeout = Timeout.InfiniteTimeSpan };

    private sealed class BearerHandler(Func<string> token) : DelegatingHandler(Handler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization ??= new AuthenticationHeaderValue("Bearer", token());
            return base.SendAsync(request, cancellationToken);
        }
    }
}
