using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Companion.Keycloak.Realm;
using Sandbox.Browsing;
using Sandbox.Components;
using Sandbox.Keycloak;
using Sandbox.Processes;
using Sandbox.Synapse;

namespace Companion.IntegrationTests.Containers;

/// <summary>
/// Keycloak's image, built by hand, and Synapse, each with the settings of its container and its own database, connected by the
/// two commands that are run once.
/// </summary>
[Collection(nameof(ContainerWorld))]
[Trait("Server", "Keycloak")]
[Trait("Server", "Synapse")]
public sealed class KeycloakImageTests(ContainerWorld world) : IAsyncLifetime
{
    private static readonly Dockerfile Image = Dockerfile.Read("idp-flows/Dockerfile");

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly int _keycloakPort = Launch.FreePort();

    private readonly int _managementPort = Launch.FreePort();

    private readonly int _synapsePort = Launch.FreePort();

    private readonly HttpClient _http = new();

    private Dictionary<string, string> _variables = [];

    private string _home = "";

    private string KeycloakUrl => $"http://127.0.0.1:{_keycloakPort}";

    private string SynapseUrl => $"http://127.0.0.1:{_synapsePort}";

    private RealmAdmin Admin => new(_http, KeycloakUrl, _variables["REALM"], new RealmAdminLogin("master", new Dictionary<string, string>
    {
        ["grant_type"] = "password",
        ["client_id"] = "admin-cli",
        ["username"] = "admin",
        ["password"] = _variables["KEYCLOAK_ADMIN_PASSWORD"],
    }));

    public ValueTask InitializeAsync()
    {
        _variables = new(world.Variables) { ["KEYCLOAK_PUBLIC_URL"] = KeycloakUrl, ["SYNAPSE_PUBLIC_URL"] = SynapseUrl };
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_image_imports_the_realm_and_people_sign_in_to_chat_through_it()
    {
        world.SkipIfMissing();
        var missing = KeycloakServer.Missing(world.Settings) ?? SynapseServer.Missing(world.Settings);
        Assert.SkipWhen(missing is not null, missing ?? "");
        var cancellationToken = TestContext.Current.CancellationToken;
        _home = await BuildAsync(cancellationToken);

        await using var keycloak = await StartKeycloakAsync(cancellationToken);
        var realm = await Admin.GetAsync("", cancellationToken);
        ((string?)realm["registrationFlow"]).ShouldBe("invite registration");
        ((string?)realm["displayName"]).ShouldBe(_variables["COMMUNITY_NAME"]);
        (await File.ReadAllTextAsync(keycloak.LogFile, cancellationToken)).ShouldNotContain("Nobody can register");

        await RunSetupAsync("matrix-login", "bash", "matrix-login", cancellationToken);
        (await RunSetupAsync("matrix-login", "bash", "matrix-login", cancellationToken)).ShouldContain("was there");
        await using var synapse = await StartSynapseAsync(cancellationToken);
        await MakeBotAsync(cancellationToken);
        await SignInToChatAsync(cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string> BuildAsync(CancellationToken cancellationToken)
    {
        var folder = world.Folder.Sub("keycloak");
        var maven = Path.Combine(System.IO.Directory.CreateDirectory(Path.Combine(folder, "bin")).FullName, "mvn");
        var arguments = string.Join(' ', await MavenRepository.ArgumentsAsync(world.Settings, cancellationToken));
        await File.WriteAllTextAsync(maven, $"#!/bin/sh\nexec {Tool.Find("mvn")} {arguments} \"$@\"\n", cancellationToken);
        await Tool.RunAsync("chmod", ["700", maven], cancellationToken);
        var environment = new Dictionary<string, string?> { ["PATH"] = $"{Path.GetDirectoryName(maven)}:{Environment.GetEnvironmentVariable("PATH")}" };
        var distribution = await KeycloakDistribution.EnsureAsync(world.Settings, cancellationToken);
        return await new DockerfileSteps(world.Settings.Repository, folder, FillAsync, environment).RunAsync(Image, cancellationToken);

        Task FillAsync(string image, string stage)
        {
            System.IO.Directory.CreateDirectory(Path.Combine(stage, "opt"));
            return image.Contains("keycloak", StringComparison.Ordinal)
                ? KeycloakImage.CopyAsync(distribution, Path.Combine(stage, "opt", "keycloak"), cancellationToken)
                : Task.CompletedTask;
        }
    }

    private async Task<ManagedProcess> StartKeycloakAsync(CancellationToken cancellationToken)
    {
        var environment = world.Compose.EnvironmentOf("keycloak", _variables);
        environment["KC_DB_URL"] = environment["KC_DB_URL"]!.Replace("postgres:5432", world.PostgresAddress, StringComparison.Ordinal);
        environment["KC_TRUSTSTORE_PATHS"] = world.Certificate;
        environment["KC_HTTP_HOST"] = "127.0.0.1";
        environment["KC_HTTP_PORT"] = $"{_keycloakPort}";
        environment["KC_HTTP_MANAGEMENT_PORT"] = $"{_managementPort}";
        var arguments = JsonSerializer.Deserialize<string[]>(Image.Last("CMD"))!;
        var process = ManagedProcess.Start(new ProcessPlan("Keycloak", Path.Combine(_home, "bin", "kc.sh"), arguments, world.Folder.File("keycloak.log"))
        {
            WorkingDirectory = _home,
            Environment = environment,
        });
        await Launch.UntilReadyAsync(process, IsHealthyAsync, Patience, cancellationToken);
        return process;
    }

    private async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await HealthCheck.RunAsync(Image, 9000, _managementPort, cancellationToken);
            return true;
        }
        catch (ToolFailedException)
        {
            return false;
        }
    }

    private async Task<ManagedProcess> StartSynapseAsync(CancellationToken cancellationToken)
    {
        var folder = world.Folder.Sub("synapse");
        foreach (var (name, secret) in world.Compose.Secrets.Where(secret => secret.Value["environment"] is not null))
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name), _variables[(string)secret["environment"]!], cancellationToken);
        }

        var database = world.PostgresAddress.Split(':');
        var configuration = world.Compose.ConfigurationFile("homeserver", _variables)
            .Replace("/run/secrets", folder, StringComparison.Ordinal)
            .Replace(": /data/", $": {folder}/", StringComparison.Ordinal)
            .Replace("host: postgres,", $"host: {database[0]}, port: {database[1]},", StringComparison.Ordinal)
            .Replace("port: 8008", $"port: {_synapsePort}", StringComparison.Ordinal)
            .Replace("bind_addresses: [0.0.0.0]", "bind_addresses: [127.0.0.1]", StringComparison.Ordinal)
            .Replace("http://keycloak:8080", KeycloakUrl, StringComparison.Ordinal);
        var file = Path.Combine(folder, "homeserver.yaml");
        await File.WriteAllTextAsync(file, configuration, cancellationToken);
        var python = await SynapseInstallation.EnsureAsync(world.Settings, cancellationToken);
        var process = ManagedProcess.Start(new ProcessPlan("Synapse", python, ["-m", "synapse.app.homeserver", "--config-path", file], world.Folder.File("synapse.log"))
        {
            WorkingDirectory = folder,
            Environment = world.Compose.EnvironmentOf("synapse", _variables),
        });
        await Launch.UntilReadyAsync(process, IsUpAsync, Patience, cancellationToken);
        return process;
    }

    private async Task<bool> IsUpAsync(CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync(new Uri($"{SynapseUrl}/health"), cancellationToken);
        return answer.IsSuccessStatusCode;
    }

    private Task<string> RunSetupAsync(string service, string program, string script, CancellationToken cancellationToken)
    {
        var environment = world.Compose.EnvironmentOf(service, _variables);
        environment["KEYCLOAK_HOME"] = _home;
        foreach (var (name, address) in (Dictionary<string, string>)new() { ["KEYCLOAK_URL"] = KeycloakUrl, ["SYNAPSE_URL"] = SynapseUrl })
        {
            environment[name] = address;
        }

        return Tool.RunAsync(program, [Path.Combine(world.Settings.Repository, ".compose", script)], cancellationToken, environment: environment);
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
        foreach (var token in tokens)
        {
            var bot = $"@companion:{_variables["MATRIX_SERVER_NAME"]}";
            var limits = await AskAsync($"/_synapse/admin/v1/users/{Uri.EscapeDataString(bot)}/override_ratelimit", token, cancellationToken);
            limits.GetProperty("burst_count").GetInt32().ShouldBe(0);
        }
    }

    private async Task SignInToChatAsync(CancellationToken cancellationToken)
    {
        var password = Guid.NewGuid().ToString("N");
        await Admin.PostAsync(
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
        var page = await browser.OpenAsync($"{SynapseUrl}/_matrix/client/v3/login/sso/redirect/oidc-keycloak?redirectUrl=http://client.example/", cancellationToken);
        if (!page.Has("password"))
        {
            page = await browser.SubmitAsync(page, new Dictionary<string, string> { ["username"] = "anna" }, cancellationToken);
        }

        page = await browser.SubmitAsync(page, new Dictionary<string, string> { ["username"] = "anna", ["password"] = password }, cancellationToken);

        page.Source.ShouldContain("loginToken=", customMessage: string.Create(CultureInfo.InvariantCulture, $"{page.Url} says: {page.Text}"));
        page.Text.ShouldContain("anna");
    }

    private async Task<JsonElement> AskAsync(string path, string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{SynapseUrl}{path}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await _http.SendAsync(request, cancellationToken);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }
}
