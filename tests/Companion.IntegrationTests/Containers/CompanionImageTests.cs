using System.Net.Http.Json;
using System.Text.Json;
using Sandbox.Components;
using Sandbox.Processes;

namespace Companion.IntegrationTests.Containers;

/// <summary>The companion's image, built by hand and started as its container would be.</summary>
[Collection(nameof(ContainerScene))]
[Trait("Run", "Nightly")]
public sealed class CompanionImageTests(ContainerScene world)
{
    private static readonly Dockerfile Image = Dockerfile.Read("companion/Dockerfile");

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task The_image_starts_without_rights_on_its_files_and_gets_healthy()
    {
        world.SkipIfMissing();
        var cancellationToken = TestContext.Current.CancellationToken;
        var app = await BuildAsync(cancellationToken);
        var before = await FolderHash.OfAsync(app, FolderHash.Sources(app), cancellationToken);
        await using var tokens = await TestTokens.StartAsync();
        var port = Launch.FreePort();
        await using var process = new ServerProcess();
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        await process.StartAsync(Plan(app, port, tokens.JwksUri), new Uri(client.BaseAddress, "/health/live"), Patience, cancellationToken);
        (await client.GetFromJsonAsync<JsonElement>("/health/ready", cancellationToken)).GetProperty("status").GetString().ShouldBe("ok");
        await CheckAsync(port, cancellationToken);

        await process.StopAsync();
        await Should.ThrowAsync<ToolFailedException>(() => CheckAsync(port, cancellationToken));
        (await FolderHash.OfAsync(app, FolderHash.Sources(app), cancellationToken)).ShouldBe(before);
    }

    private async Task<string> BuildAsync(CancellationToken cancellationToken)
    {
        // No build server that outlives the test.
        var environment = new Dictionary<string, string?> { ["MSBUILDDISABLENODEREUSE"] = "1", ["UseSharedCompilation"] = "false" };
        var folder = world.Folder.Sub("companion");
        var steps = new DockerfileSteps(world.Settings.Repository, folder, (_, _) => Task.CompletedTask, environment);
        var app = await steps.RunAsync(Image, cancellationToken);
        await Tool.RunAsync("chmod", ["-R", "a-w", app], cancellationToken);
        return app;
    }

    private ProcessPlan Plan(string app, int port, string jwksUri)
    {
        var environment = world.Compose.EnvironmentOf("companion", world.Variables);
        environment["Database__ConnectionString"] = environment["Database__ConnectionString"]!.Replace(
            "Host=postgres", $"Host={world.PostgresAddress.Replace(":", ";Port=", StringComparison.Ordinal)}", StringComparison.Ordinal);
        environment["Authentication__JwksUri"] = jwksUri;
        environment["SSL_CERT_FILE"] = world.Certificate;
        environment["ASPNETCORE_HTTP_PORTS"] = $"{port}";
        environment["HOME"] = "/nonexistent";
        environment["CREDENTIALS_DIRECTORY"] = MoveSecretsToFiles(environment);
        var command = JsonSerializer.Deserialize<string[]>(Image.Last("ENTRYPOINT"))!;
        return new ProcessPlan("companion", command[0], command[1..], world.Folder.File("companion.log"))
        {
            WorkingDirectory = app,
            Environment = environment,
            RunAs = Account.UnprivilegedIfRoot(),
        };
    }

    /// <summary>As container secrets are: a file for each, with a line's end, as editors leave it.</summary>
    private string MoveSecretsToFiles(Dictionary<string, string?> environment)
    {
        var folder = world.Folder.Sub("credentials");
        foreach (var name in (string[])["Security__MasterKey", "Database__ConnectionString", "Keycloak__ClientSecret", "Webhooks__Secret"])
        {
            environment.Remove(name, out var secret);
            File.WriteAllText(Path.Combine(folder, name), $"{secret}\n");
        }

        return folder;
    }

    /// <summary>The image's own health check.</summary>
    private static Task CheckAsync(int port, CancellationToken cancellationToken) =>
        HealthCheck.RunAsync(Image, 8080, port, cancellationToken);
}
