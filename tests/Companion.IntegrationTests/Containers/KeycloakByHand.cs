using System.Text.Json;
using Companion.Adapters.Keycloak.Realm;
using Sandbox.Components;
using Sandbox.Keycloak;
using Sandbox.Processes;

namespace Companion.IntegrationTests.Containers;

/// <summary>Keycloak's image, its Dockerfile's steps done by hand, with the settings of its container.</summary>
/// <param name="variables">What would be in .env.</param>
internal sealed class KeycloakByHand(ContainerScene world, IReadOnlyDictionary<string, string> variables, int port, HttpClient http)
    : IAsyncDisposable
{
    private static readonly Dockerfile Image = Dockerfile.Read("idp-flows/Dockerfile");

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly int _managementPort = Launch.FreePort();

    private readonly ServerProcess _process = new();

    /// <summary>The installation, after <see cref="BuildAsync"/>.</summary>
    public string Home { get; private set; } = "";

    public string LogFile => world.Folder.File("keycloak.log");

    public string BaseUrl => $"http://127.0.0.1:{port}";

    public RealmAdmin Admin => new(http, BaseUrl, variables["REALM"], new RealmAdminLogin("master", new Dictionary<string, string>
    {
        ["grant_type"] = "password",
        ["client_id"] = "admin-cli",
        ["username"] = "admin",
        ["password"] = variables["KEYCLOAK_ADMIN_PASSWORD"],
    }));

    public async Task BuildAsync(CancellationToken cancellationToken)
    {
        var folder = world.Folder.Sub("keycloak");
        var path = $"{await WrapMavenAsync(folder, cancellationToken)}:{Environment.GetEnvironmentVariable("PATH")}";
        var distribution = await KeycloakDistribution.EnsureAsync(world.Settings, cancellationToken);
        Home = await new DockerfileSteps(world.Settings.Repository, folder, FillAsync, new Dictionary<string, string?> { ["PATH"] = path })
            .RunAsync(Image, cancellationToken);

        Task FillAsync(string image, string stage)
        {
            System.IO.Directory.CreateDirectory(Path.Combine(stage, "opt"));
            return image.Contains("keycloak", StringComparison.Ordinal)
                ? KeycloakImage.CopyAsync(distribution, Path.Combine(stage, "opt", "keycloak"), cancellationToken)
                : Task.CompletedTask;
        }
    }

    /// <summary>Starts it and waits until the image's own health check is content.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var environment = world.Compose.EnvironmentOf("keycloak", variables);
        environment["KC_DB_URL"] = environment["KC_DB_URL"]!.Replace("postgres:5432", world.PostgresAddress, StringComparison.Ordinal);
        environment["KC_TRUSTSTORE_PATHS"] = world.Certificate;
        environment["KC_HTTP_HOST"] = "127.0.0.1";
        environment["KC_HTTP_PORT"] = $"{port}";
        environment["KC_HTTP_MANAGEMENT_PORT"] = $"{_managementPort}";
        var arguments = JsonSerializer.Deserialize<string[]>(Image.Last("CMD"))!;
        var program = Path.GetRelativePath("/opt/keycloak", JsonSerializer.Deserialize<string[]>(Image.Last("ENTRYPOINT"))!.Single());
        var plan = new ProcessPlan("Keycloak", Path.Combine(Home, program), arguments, LogFile);
        return _process.StartAsync(
            plan with { WorkingDirectory = Home, Environment = environment },
            IsHealthyAsync,
            Patience,
            cancellationToken);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    /// <summary>The Dockerfile calls plain mvn; here it may have to do without a network.</summary>
    /// <returns>The folder that the wrapper is in.</returns>
    private async Task<string> WrapMavenAsync(string folder, CancellationToken cancellationToken)
    {
        var wrapper = Path.Combine(System.IO.Directory.CreateDirectory(Path.Combine(folder, "bin")).FullName, "mvn");
        var arguments = string.Join(' ', await MavenRepository.ArgumentsAsync(world.Settings, cancellationToken));
        await File.WriteAllTextAsync(wrapper, $"#!/bin/sh\nexec {Tool.Find("mvn")} {arguments} \"$@\"\n", cancellationToken);
        await Tool.RunAsync("chmod", ["700", wrapper], cancellationToken);
        return Path.GetDirectoryName(wrapper)!;
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
}
