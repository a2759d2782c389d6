using System.Collections.Concurrent;
using System.Globalization;
using Sandbox.Companion;
using Sandbox.Components;
using Sandbox.Keycloak;
using Sandbox.Postgres;
using Sandbox.Synapse;
using StandIns.Mail;
using StandIns.Relay;

namespace Sandbox.Worlds;

/// <summary>Every server of the product on 127.0.0.1, with a small community in it. The companion and PostgreSQL are real on either backend.</summary>
public sealed class World : IAsyncDisposable
{
    public const string Realm = "community";
    public const string Homeserver = "localhost";
    /// <summary>The companion's, in <see cref="Postgres"/>.</summary>
    public const string Database = "companion";

    internal const string BotName = "companion";

    /// <summary>What clients of <see cref="Mail"/> must trust, in <see cref="Folder"/>.</summary>
    internal const string MailCertificate = "mail.pem";

    private readonly WorldPlan _plan;
    private readonly ComponentSettings _settings;
    private readonly ConcurrentStack<IAsyncDisposable> _started = new();
    private readonly Action<string> _report;

    private World(WorldPlan plan, ComponentSettings settings, Action<string> report)
    {
        _plan = plan;
        _settings = settings;
        _report = report;
    }

    internal WorldSecrets Secrets { get; } = new();

    public Backend Backend => _plan.Backend;

    /// <summary>Data and logs of this run; deleted with the world unless it is told to keep.</summary>
    public RunFolder Folder { get; } = new();

    public PostgresCluster Postgres { get; private set; } = null!;

    public MailSink Mail { get; private set; } = null!;

    /// <summary>The mails as web pages.</summary>
    public MailInbox Inbox { get; private set; } = null!;

    /// <summary>Stands between the companions and PostgreSQL, and can cut connections that commit.</summary>
    public DatabaseRelay DatabaseRelay { get; private set; } = null!;

    /// <summary>Stands before the companions, for people and for Keycloak; faults can be put on its paths.</summary>
    public HttpRelay Proxy { get; private set; } = null!;

    public IKeycloak Keycloak { get; private set; } = null!;

    public KeycloakAdmin Admin { get; private set; } = null!;

    public ISynapse Synapse { get; private set; } = null!;

    /// <summary>The companion's account at the homeserver, which is a server administrator.</summary>
    public MatrixSession Bot { get; private set; } = null!;

    /// <summary>All of them; the first is <see cref="Companion"/>.</summary>
    public IReadOnlyList<CompanionServer> Companions { get; private set; } = [];

    public CompanionServer Companion => Companions[0];

    public Community Community { get; private set; } = null!;

    /// <summary>Sentences about what this machine lacks and how to get it; empty when a world can be started.</summary>
    public static IReadOnlyList<string> Missing(Backend backend, ComponentSettings settings) => backend == Backend.StandIn
        ? []
        : [.. new[] { KeycloakServer.Missing(settings), SynapseServer.Missing(settings) }.OfType<string>()];

    /// <summary>Starts and seeds everything.</summary>
    /// <param name="report">Is told, in a few words, what comes next.</param>
    public static async Task<World> StartAsync(
        WorldPlan plan, ComponentSettings settings, Action<string> report, CancellationToken cancellationToken)
    {
        var world = new World(plan, settings, report);
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
        await Postgres.CreateDatabaseAsync(Database, null, cancellationToken);
        DatabaseRelay = Started(new DatabaseRelay("127.0.0.1", Postgres.Port));

        _report("mail server and inbox");
        Mail = Started(MailSink.Start(new() { Login = new(BotName, Secrets.MailPassword) }));
        Inbox = Started(await MailInbox.StartAsync(Mail, cancellationToken));
        await File.WriteAllTextAsync(Folder.File(MailCertificate), Mail.CertificatePem, cancellationToken);

        _report(Backend == Backend.Real ? "Keycloak with the provider and the theme" : "identity provider (stand-in)");
        Proxy = Started(await HttpRelay.StartAsync(cancellationToken));
        Keycloak = Started<IKeycloak>(Backend == Backend.Real
            ? await KeycloakServer.StartAsync(
                _settings, KeycloakPlan(), await Postgres.CreateDatabaseAsync("keycloak", null, cancellationToken), cancellationToken)
            : await KeycloakStandIn.StartAsync(_settings, KeycloakPlan(), cancellationToken));
        Admin = new(Keycloak);

        _report(Backend == Backend.Real ? "Synapse" : "homeserver (stand-in)");
        Synapse = Started(Backend == Backend.Real ? await StartSynapseAsync(cancellationToken) : await SynapseStandIn.StartAsync(Homeserver));
        Bot = new(Synapse, await Synapse.RegisterAsync(BotName, admin: true, cancellationToken));

        _report("members, an organisation and rooms");
        Community = await Community.SeedAsync(Admin, Bot, Homeserver, cancellationToken);

        _report("companion");
        var settings = CompanionSettings.Of(this, _plan);
        Companions = await Task.WhenAll(Enumerable.Range(1, _plan.Companions).Select(number => StartCompanionAsync(number, settings, cancellationToken)));
        Proxy.Targets = [.. Companions.Select(companion => new Uri(companion.BaseUrl))];
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
                ["COMPANION_URL"] = Proxy.Url,
                ["COMPANION_CLIENT_SECRET"] = Secrets.CompanionClient,
                ["COMPANION_GROUPS"] = Community.Group,
                ["COMPANION_SMTP_HOST"] = "localhost",
                ["COMPANION_SMTP_PORT"] = Mail.Port.ToString(CultureInfo.InvariantCulture),
                ["COMPANION_SMTP_FROM"] = "accounts@harbour.example",
                // The stand-in does without TLS.
                ["COMPANION_SMTP_STARTTLS"] = Backend == Backend.Real ? "true" : "false",
                ["COMPANION_SMTP_AUTH"] = "true",
                ["COMPANION_SMTP_USER"] = BotName,
                ["COMPANION_SMTP_PASSWORD"] = Secrets.MailPassword,
                ["KC_TRUSTSTORE_PATHS"] = Folder.File(MailCertificate),
                ["KC_SPI_COMPANION__DEFAULT__URL"] = Proxy.Url,
                ["KC_SPI_COMPANION__DEFAULT__SECRET"] = Secrets.Webhook,
                ["KC_SPI_COMPANION__DEFAULT__CONNECT_TIMEOUT_MILLIS"] = "5000",
                ["KC_SPI_COMPANION__DEFAULT__TIMEOUT_MILLIS"] = _plan.WebhookTimeout.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture),
            });

    private async Task<CompanionServer> StartCompanionAsync(int number, IReadOnlyDictionary<string, string?> settings, CancellationToken cancellationToken)
    {
        var name = number == 1 ? "companion" : string.Create(CultureInfo.InvariantCulture, $"companion-{number}");
        return Started(await CompanionServer.StartAsync(_settings, new(Folder.File($"{name}.log"), settings), cancellationToken));
    }

    private async Task<ISynapse> StartSynapseAsync(CancellationToken cancellationToken)
    {
        var synapse = await SynapseServer.StartAsync(
            _settings, new(Folder.Sub("synapse"), Homeserver, new(Keycloak.RealmUrl, "synapse", Secrets.SynapseClient)), cancellationToken);
        await Admin.CreateClientAsync(
            new
            {
                clientId = "synapse",
                secret = Secrets.SynapseClient,
                redirectUris = new[] { $"{synapse.BaseUrl}/_synapse/client/oidc/callback" },
                standardFlowEnabled = true,
            },
            cancellationToken);
        return synapse;
    }

    private T Started<T>(T server)
        where T : IAsyncDisposable
    {
        _started.Push(server);
        return server;
    }
}
