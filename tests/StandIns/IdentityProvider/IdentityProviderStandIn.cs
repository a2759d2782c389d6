using Microsoft.AspNetCore.Builder;

namespace StandIns.IdentityProvider;

/// <summary>
/// An identity provider in this process that answers as Keycloak 26.7.4 with this repository's provider, theme and realm does, as far
/// as the product touches it. Trusted only because the same tests run against the real one.
/// </summary>
public sealed class IdentityProviderStandIn : IAsyncDisposable
{
    public const string AdminName = "admin";

    private readonly IdentityProviderPlan _plan;

    private readonly Provider _provider;

    private readonly Realm _realm;

    private readonly LocalServer _server;

    private IdentityProviderStandIn(IdentityProviderPlan plan)
    {
        _plan = plan;
        _realm = RealmImport.Read(plan);
        var master = new Realm("master", "Keycloak") { AccessTokenLifespan = TimeSpan.FromMinutes(1) };
        master.Accounts.Add(new Account(AdminName, plan.Clock.GetUtcNow()) { Password = plan.AdminPassword });
        _provider = new Provider(
            [master, _realm],
            new Messages(plan.ThemeFolder),
            plan.ConsoleFolder is { } folder ? new ConsoleBundle(plan, folder) : null,
            new Companion(CompanionOptions.From(plan.Environment), Faults, plan.Clock),
            Faults,
            plan.Clock);
        _server = new LocalServer(Map);
    }

    public string BaseUrl => _provider.BaseUrl;

    public string Realm => _realm.Name;

    public string RealmUrl => $"{BaseUrl}/realms/{Realm}";

    public string AdminPassword => _plan.AdminPassword;

    public IdentityProviderFaults Faults { get; } = new();

    public static async Task<IdentityProviderStandIn> StartAsync(IdentityProviderPlan plan, CancellationToken cancellationToken)
    {
        var standIn = new IdentityProviderStandIn(plan);
        await standIn.StartAgainAsync(cancellationToken);
        return standIn;
    }

    /// <summary>Nobody can reach it until it is started again; accounts and sessions stay.</summary>
    public Task StopAsync() => _server.StopAsync();

    /// <summary>On the same port as before.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        await _server.StartAsync(cancellationToken);
        _provider.BaseUrl = _server.BaseUrl;
    }

    /// <summary>From now on these settings of our provider hold in place of those it was started with, as after a restart of one node after the other.</summary>
    public void Configure(IReadOnlyDictionary<string, string?> changes) =>
        _provider.Companion.Options = CompanionOptions.From(new Dictionary<string, string?>([.. _plan.Environment.Where(entry => !changes.ContainsKey(entry.Key)), .. changes]));

    /// <summary>Waits until everything that was to be told to the companion has been tried.</summary>
    public Task SettleAsync() => _provider.Companion.SettleAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await SettleAsync();
        _provider.Companion.Dispose();
    }

    private void Map(WebApplication app)
    {
        app.Use(next => context => Routes.FillInAsync(context, next));
        var routes = new Routes(app, _provider);
        DiscoveryApi.Map(routes);
        AuthorizationApi.Map(routes);
        LoginActions.Map(routes);
        EmailVerification.Map(routes);
        TokenApi.Map(routes);
        LogoutApi.Map(routes);
        AccountConsole.Map(routes);
        _provider.Console?.Map(routes);
        AdminApi.Map(routes);
        CompanionApi.Map(routes);
    }
}
