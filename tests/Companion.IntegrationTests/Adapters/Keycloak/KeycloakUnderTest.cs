using System.Globalization;
using System.Text.Json.Nodes;
using Companion.Adapters.Keycloak.Realm;
using Sandbox.Keycloak;
using StandIns.Mail;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>A server that speaks as Keycloak with our provider does: the real one, or its stand-in. Tests see no difference.</summary>
public abstract class KeycloakUnderTest : IAsyncLifetime
{
    /// <summary>What the community asks newcomers; the profile has more that they may fill in.</summary>
    internal const string Questions = "introduction##interests";

    private readonly HttpClient _http = new();

    private CompanionPeer? _peer;

    private KeycloakAdmin? _seed;

    public string BaseUrl => Server.BaseUrl;

    public string Realm => "community";

    public string RealmUrl => $"{BaseUrl}/realms/{Realm}";

    public string ClientSecret { get; } = Guid.NewGuid().ToString("N");

    /// <summary>What the server sends its webhooks to.</summary>
    internal CompanionPeer Peer => _peer!;

    /// <summary>What the realm sends its own mails to.</summary>
    internal MailSink Mail { get; } = MailSink.Start(new() { OffersStartTls = false });

    internal RealmAdmin Admin => AdminOf(Realm);

    /// <summary>Seeds what a test needs.</summary>
    internal KeycloakAdmin Seed => _seed ??= new KeycloakAdmin(Server);

    private protected abstract IKeycloak Server { get; }

    /// <summary>Skips the test, with what is missing and how to get it, where this server can't be had.</summary>
    public virtual void SkipIfMissing()
    {
    }

    public virtual async ValueTask InitializeAsync()
    {
        _peer = await CompanionPeer.StartAsync();
        await StartAsync(new Dictionary<string, string?>
        {
            ["COMPANION_REALM"] = Realm,
            ["COMPANION_CLIENT_SECRET"] = ClientSecret,
            ["COMPANION_URL"] = "https://companion.example.org",
            ["COMPANION_QUESTIONS"] = Questions,
            ["COMPANION_SMTP_HOST"] = "127.0.0.1",
            ["COMPANION_SMTP_PORT"] = Mail.Port.ToString(CultureInfo.InvariantCulture),
            ["KC_SPI_COMPANION__DEFAULT__URL"] = _peer.Url,
            ["KC_SPI_COMPANION__DEFAULT__SECRET"] = _peer.Secret,
            ["KC_SPI_COMPANION__DEFAULT__CONNECT_TIMEOUT_MILLIS"] = "5000",
            ["KC_SPI_COMPANION__DEFAULT__TIMEOUT_MILLIS"] = "15000",
        });
        await DeclareQuestionsAsync(TestContext.Current.CancellationToken);
    }

    public virtual async ValueTask DisposeAsync()
    {
        _seed?.Dispose();
        _http.Dispose();
        if (_peer is not null)
        {
            await _peer.DisposeAsync();
        }

        await Mail.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <returns>The account's id.</returns>
    public async Task<string> AddAccountAsync(AccountSeed seed, CancellationToken cancellationToken)
    {
        var admin = Admin;
        var account = new JsonObject
        {
            ["username"] = seed.Username,
            ["email"] = seed.Email,
            ["emailVerified"] = seed.AddressVerified,
            ["enabled"] = seed.Enabled,
            ["firstName"] = seed.FirstName,
            ["lastName"] = seed.LastName,
            ["attributes"] = new JsonObject(seed.Attributes.Select(mark => KeyValuePair.Create(mark.Key, (JsonNode?)new JsonArray(mark.Value)))),
            ["groups"] = new JsonArray([.. seed.Groups.Select(group => (JsonNode)group)]),
        };
        if (seed.Password is not null)
        {
            account["credentials"] = new JsonArray(new JsonObject { ["type"] = "password", ["value"] = seed.Password });
        }

        await admin.PostAsync("users", account, cancellationToken);
        return (string)(await FindAsync(seed.Username, cancellationToken))!["id"]!;
    }

    /// <returns>The account as the Admin API shows it; null when there is none.</returns>
    internal async Task<JsonNode?> FindAsync(string username, CancellationToken cancellationToken) =>
        RealmJson.Objects(await Admin.GetAsync($"users?exact=true&username={Uri.EscapeDataString(username)}", cancellationToken)).FirstOrDefault();

    /// <summary>Puts accounts into an organization, which is made when it is not there.</summary>
    public async Task JoinAsync(string organization, string accountId, CancellationToken cancellationToken)
    {
        var found = RealmJson.By(await Admin.GetAsync($"organizations?q=alias:{organization}", cancellationToken), "alias", organization);
        var id = (string?)found?["id"] ?? await Seed.CreateOrganizationAsync(organization, organization, cancellationToken);
        await Seed.AddToOrganizationAsync(id, accountId, cancellationToken);
    }

    /// <summary>What the token endpoint gives the server's administrator.</summary>
    internal async Task<JsonNode> AdminTokenAsync(CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(AdminLogin());
        using var answer = await _http.PostAsync(new Uri($"{BaseUrl}/realms/master/protocol/openid-connect/token"), form, cancellationToken);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))!;
    }

    /// <summary>Somebody of the community with the right to manage its accounts.</summary>
    /// <returns>The account's id, and the Admin API as this person calls it.</returns>
    internal async Task<(string Id, KeycloakAdmin Admin)> AddAdminAsync(CancellationToken cancellationToken)
    {
        var seed = AccountSeed.New() with { FirstName = "Rosa", LastName = "Rank", Password = "a-password-of-a-test" };
        var id = await AddAccountAsync(seed, cancellationToken);
        await Seed.GiveClientRoleAsync(id, "realm-management", "manage-users", cancellationToken);
        return (id, new KeycloakAdmin(Server, new(Realm, seed.Username, seed.Password)));
    }

    /// <summary>The id of the server's own administrator.</summary>
    internal async Task<string> ServerAdminAsync(CancellationToken cancellationToken) =>
        (string)RealmJson.Objects(await AdminOf("master").GetAsync("users?exact=true&username=admin", cancellationToken)).Single()["id"]!;

    internal RealmAdmin AdminOf(string realm) => new(_http, BaseUrl, realm, new RealmAdminLogin("master", AdminLogin()));

    private Dictionary<string, string> AdminLogin() => new()
    {
        ["grant_type"] = "password",
        ["client_id"] = "admin-cli",
        ["username"] = "admin",
        ["password"] = Server.AdminPassword,
    };

    /// <summary>As idp-flows/README.md tells an operator to; nothing must be answered, so that other tests need not.</summary>
    private async Task DeclareQuestionsAsync(CancellationToken cancellationToken)
    {
        var profile = await Admin.GetAsync("users/profile", cancellationToken);
        foreach (var question in (string[])
            [
                """{"name":"introduction","displayName":"Tell us who you are","annotations":{"inputType":"textarea"},"validations":{"length":{"max":9000}}}""",
                """
                {"name":"interests","displayName":"What interests you","multivalued":true,
                 "annotations":{"inputType":"multiselect-checkboxes","inputOptionLabels":{"sailing":"Sailing","boats":"Old boats"}},
                 "validations":{"options":{"options":["sailing","boats","coffee & cake"]}}}
                """,
                """{"name":"berth","displayName":"Berth"}""",
            ])
        {
            var attribute = JsonNode.Parse(question)!;
            attribute["permissions"] = JsonNode.Parse("""{"view":["admin","user"],"edit":["admin","user"]}""");
            profile["attributes"]!.AsArray().Add(attribute);
        }

        await Admin.PutAsync("users/profile", profile, cancellationToken);
    }

    protected abstract Task StartAsync(IReadOnlyDictionary<string, string?> environment);
}
