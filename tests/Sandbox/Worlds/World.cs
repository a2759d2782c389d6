using System.Globalization;
using Sandbox.Companion;
using Sandbox.Components;
using Sandbox.Keycloak;
using Sandbox.Postgres;
using Sandbox.Processes;
using Sandbox.Synapse;
using StandIns.Mail;
using StandIns.Relay;

namespace Sandbox.Worlds;

/// <summary>Every server of the product, started for real on 127.0.0.1, with a small community in it.</summary>
public sealed class World : IAsyncDisposable
{
    public const string Realm = "community";
    public const string Homeserver = "localhost";
    /// <summary>The companion's, in <see cref="Postgres"/>.</summary>
    public const string Database = "companion";

    internal const string BotName = "companion";
    private readonly ComponentSettings _settings;
    private readonly WorldSecrets _secrets = new();
    private readonly Stack<IAsyncDisposable> _started = new();
    private readonly Action<string> _report;

    private World(ComponentSettings settings, Action<string> report)
    {
        _settings = settings;
        _report = report;
    }

    /// <summary>Data and logs of this run; deleted with the world unless it is told to keep.</summary>
    public RunFolder Folder { get; } = new();

    public PostgresCluster Postgres { get; private set; } = null!;

    public MailSink Mail { get; private set; } = null!;

    /// <summary>The mails as web pages.</summary>
    public MailInbox Inbox { get; private set; } = null!;

    /// <summary>Stands between Keycloak and the companion; tests put faults on its paths.</summary>
    public HttpRelay Webhooks { get; private set; } = null!;

    public KeycloakServer Keycloak { get; private set; } = null!;

    public KeycloakAdmin Admin { get; private set; } = null!;

    public SynapseServer Synapse { get; private set; } = null!;

    /// <summary>The companion's account at the homeserver, which is a server administrator.</summary>
    public MatrixSession Bot { get; private set; } = null!;

    public CompanionServer Companion { get; private set; } = null!;

    public Community Community { get; private set; } = null!;

    /// <summary>Sentences about what this machine lacks and how to get it; empty when a world can be started.</summary>
    public static IReadOnlyList<string> Missing(ComponentSettings settings) =>
        [.. new[] { KeycloakServer.Missing(settings), SynapseServer.Missing(settings) }.OfType<string>()];

    /// <summary>Starts and seeds everything.</summary>
    /// <param name="report">Is told, in a few words, what comes next.</param>
    public static async Task<World> StartAsync(ComponentSettings settings, Action<string> report, CancellationToken cancellationToken)
    {
        var world = new World(settings, report);
        try
        {
            await world.StartServersAsync(cancellationToken);
            return world;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            world.Folder.Keep(failure);
            await world.DisposeAsync();
            throw new SandboxException($"{failure.Message}\nLogs and details: {world.Folder.Root}", failure);
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_started.TryPop(out var server))
        {
            await server.DisposeAsync();
        }

        Admin?.Dispose();
        Bot?.Dispose();
        Folder.Dispose();
    }

    private async Task StartServersAsync(CancellationToken cancellationToken)
    {
        _report("PostgreSQL");
        var binaries = await PostgresBinaries.EnsureAsync(_settings, cancellationToken);
        Postgres = Started(await PostgresCluster.StartAsync(binaries, Folder.Sub("postgres"), new(), cancellationToken));
        var database = await Postgres.CreateDatabaseAsync(Database, null, cancellationToken);

        _report("mail server and inbox");
        Mail = Started(MailSink.Start(new() { Login = new(BotName, _secrets.MailPassword) }));
        Inbox = Started(await MailInbox.StartAsync(Mail, cancellationToken));
        await File.WriteAllTextAsync(Folder.File("mail.pem"), Mail.CertificatePem, cancellationToken);

        _report("Keycloak with the provider and the theme");
        Webhooks = Started(await HttpRelay.StartAsync(cancellationToken));
        var port = Launch.FreePort();
        Webhooks.Target = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        Keycloak = Started(await KeycloakServer.StartAsync(_settings, KeycloakPlan(), cancellationToken));
        Admin = new(Keycloak);

        _report("Synapse");
        Synapse = Started(await SynapseServer.StartAsync(
            _settings,
            new(Folder.Sub("synapse"), Homeserver, new(Keycloak.RealmUrl, "synapse", _secrets.SynapseClient)),
            cancellationToken));
        await Admin.CreateClientAsync(SynapseClient(), cancellationToken);
        Bot = new(Synapse, await Synapse.RegisterAsync(BotName, admin: true, cancellationToken));

        _report("members, an organisation and rooms");
        Community = await Community.SeedAsync(Admin, Bot, Homeserver, cancellationToken);

        _report("companion");
        Companion = Started(await CompanionServer.StartAsync(
            _settings, new(Folder.File("companion.log"), port, CompanionSettings.Of(this, _secrets, database)), cancellationToken));
    }

    private KeycloakPlan KeycloakPlan() =>
        new(
            Folder.Sub("keycloak"),
            Realm,
            Path.Combine(_settings.Repository, "idp-flows", "realm", "realm.json"),
            new Dictionary<string, string?>
            {
                ["COMPANION_REALM"] = Realm,
                ["COMPANION_COMMUNITY"] = Community.Name,
                ["COMPANION_URL"] = Webhooks.Target!.GetLeftPart(UriPartial.Authority),
                ["COMPANION_CLIENT_SECRET"] = _secrets.CompanionClient,
                ["COMPANION_GROUPS"] = Community.Group,
                ["KC_SPI_COMPANION__DEFAULT__URL"] = Webhooks.Url,
                ["KC_SPI_COMPANION__DEFAULT__SECRET"] = _secrets.Webhook,
                // All servers and their tests share a few cores here.
                ["KC_SPI_COMPANION__DEFAULT__CONNECT_TIMEOUT_MILLIS"] = "5000",
                ["KC_SPI_COMPANION__DEFAULT__TIMEOUT_MILLIS"] = "15000",
            });

    private object SynapseClient() => new
    {
        clientId = "synapse",
        secret = _secrets.SynapseClient,
        redirectUris = new[] { $"{Synapse.BaseUrl}/_synapse/client/oidc/callback" },
        standardFlowEnabled = true,
    };

    private T Started<T>(T server)
        where T : IAsyncDisposable
    {
        _started.Push(server);
        return server;
    }
}
