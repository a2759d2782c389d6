using System.Text.Json.Nodes;
using Sandbox.Browsing;
using Sandbox.Keycloak;
using Sandbox.Processes;
using Sandbox.Synapse;

namespace Companion.IntegrationTests.Containers;

/// <summary>Keycloak and Synapse as their containers would be, connected by the two commands that are run once.</summary>
[Collection(nameof(ContainerScene))]
[Trait("Server", "Keycloak")]
[Trait("Server", "Synapse")]
[Trait("Run", "Nightly")]
public sealed class KeycloakImageTests : IAsyncDisposable
{
    private readonly ContainerScene _world;

    private readonly HttpClient _http = new();

    private readonly Dictionary<string, string> _variables;

    private readonly KeycloakByHand _keycloak;

    private readonly SynapseByHand _synapse;

    public KeycloakImageTests(ContainerScene world)
    {
        _world = world;
        var (keycloakPort, synapsePort) = (Launch.FreePort(), Launch.FreePort());
        _variables = new Dictionary<string, string>(world.Variables)
        {
            ["KEYCLOAK_PUBLIC_URL"] = $"http://127.0.0.1:{keycloakPort}",
            ["SYNAPSE_PUBLIC_URL"] = $"http://127.0.0.1:{synapsePort}",
        };
        _keycloak = new KeycloakByHand(world, _variables, keycloakPort, _http);
        _synapse = new SynapseByHand(world, _variables, synapsePort, _keycloak.BaseUrl, _http);
    }

    [Fact]
    public async Task The_image_imports_the_realm_and_people_sign_in_to_chat_through_it()
    {
        _world.SkipIfMissing();
        Skip.ForLackOf(KeycloakServer.Missing(_world.Settings) ?? SynapseServer.Missing(_world.Settings));
        var cancellationToken = TestContext.Current.CancellationToken;

        await _keycloak.BuildAsync(cancellationToken);
        await _keycloak.StartAsync(cancellationToken);
        var realm = await _keycloak.Admin.GetAsync("", cancellationToken);
        ((string?)realm["registrationFlow"]).ShouldBe("invite registration");
        ((string?)realm["displayName"]).ShouldBe(_variables["COMMUNITY_NAME"]);
        (await File.ReadAllTextAsync(_keycloak.LogFile, cancellationToken)).ShouldNotContain("Nobody can register");

        await RunSetupAsync("matrix-login", "bash", "matrix-login", cancellationToken);
        (await RunSetupAsync("matrix-login", "bash", "matrix-login", cancellationToken)).ShouldContain("was there");
        await _synapse.StartAsync(cancellationToken);
        await MakeBotAsync(cancellationToken);
        await SignInToChatAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _synapse.DisposeAsync();
        await _keycloak.DisposeAsync();
        _http.Dispose();
    }

    private Task<string> RunSetupAsync(string service, string program, string script, CancellationToken cancellationToken)
    {
        var environment = _world.Compose.EnvironmentOf(service, _variables);
        environment["KEYCLOAK_HOME"] = _keycloak.Home;
        environment["KEYCLOAK_URL"] = _keycloak.BaseUrl;
        environment["SYNAPSE_URL"] = _synapse.BaseUrl;
        var file = Path.Combine(_world.Settings.Repository, ".compose", script);
        return Tool.RunAsync(program, [file], cancellationToken, environment: environment);
    }

    /// <summary>Twice: the second time it signs the bot in anew, and the first token stays good.</summary>
    private async Task MakeBotAsync(CancellationToken cancellationToken)
    {
        var tokens = new List<string>();
        for (var run = 0; run < 2; run++)
        {
            var lines = await RunSetupAsync("matrix-bot", "python3", "matrix-bot.py", cancellationToken);
            tokens.Add(lines.Split('\n')[0]["MATRIX_ACCESS_TOKEN=".Length..]);
        }

        tokens.ShouldBeUnique();
        var bot = Uri.EscapeDataString($"@companion:{_variables["MATRIX_SERVER_NAME"]}");
        foreach (var token in tokens)
        {
            var limits = await _synapse.AskAsync($"/_synapse/admin/v1/users/{bot}/override_ratelimit", token, cancellationToken);
            limits.GetProperty("burst_count").GetInt32().ShouldBe(0);
        }
    }

    private async Task SignInToChatAsync(CancellationToken cancellationToken)
    {
        var password = Guid.NewGuid().ToString("N");
        await _keycloak.Admin.PostAsync(
            "users",
            new JsonObject
            {
                ["username"] = "anna",
                ["email"] = "anna@community.example",
                ["emailVerified"] = true,
                ["enabled"] = true,
                ["firstName"] = "Anna",
                ["lastName"] = "Ahlers",
                ["credentials"] = new JsonArray(new JsonObject { ["type"] = "password", ["value"] = password }),
            },
            cancellationToken);
        using var browser = new Browser();
        var answers = new Dictionary<string, string> { ["username"] = "anna" };
        var page = await browser.OpenAsync(
            $"{_synapse.BaseUrl}/_matrix/client/v3/login/sso/redirect/oidc-keycloak?redirectUrl=http://client.example/", cancellationToken);
        if (!page.Has("password"))
        {
            page = await browser.SubmitAsync(page, answers, cancellationToken);
        }

        answers["password"] = password;
        page = await browser.SubmitAsync(page, answers, cancellationToken);

        page.Source.ShouldContain("loginToken=", customMessage: page.Text);
        page.Text.ShouldContain("anna");
    }
}
