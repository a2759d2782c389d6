using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Sandbox.Components;
using Sandbox.Processes;

namespace Companion.IntegrationTests.Containers;

/// <summary>Synapse with the configuration file, the secrets and the database of its container.</summary>
/// <param name="variables">What would be in .env.</param>
/// <param name="keycloakUrl">Where the container would find http://keycloak:8080.</param>
internal sealed class SynapseByHand(
    ContainerScene world, IReadOnlyDictionary<string, string> variables, int port, string keycloakUrl, HttpClient http)
    : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly ServerProcess _process = new();

    public string BaseUrl => $"http://127.0.0.1:{port}";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var folder = world.Folder.Sub("synapse");
        foreach (var (name, secret) in world.Compose.Secrets.Where(secret => secret.Value["environment"] is not null))
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name), variables[(string)secret["environment"]!], cancellationToken);
        }

        var configuration = Path.Combine(folder, "homeserver.yaml");
        await File.WriteAllTextAsync(configuration, Configure(folder), cancellationToken);
        var python = await SynapseInstallation.EnsureAsync(world.Settings, cancellationToken);
        string[] arguments = ["-m", "synapse.app.homeserver", "--config-path", configuration];
        var plan = new ProcessPlan("Synapse", python, arguments, world.Folder.File("synapse.log"));
        await _process.StartAsync(
            plan with { WorkingDirectory = folder, Environment = world.Compose.EnvironmentOf("synapse", variables) },
            new Uri($"{BaseUrl}/health"),
            Patience,
            cancellationToken);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    public async Task<JsonElement> AskAsync(string path, string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{BaseUrl}{path}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request, cancellationToken);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }

    /// <summary>The container's file, but for folders, addresses and the database: Synapse's packages come without PostgreSQL's driver.</summary>
    private string Configure(string folder) =>
        world.Compose.ConfigurationFile("homeserver", variables)
            .Replace("/run/secrets", folder, StringComparison.Ordinal)
            .Replace(": /data/", $": {folder}/", StringComparison.Ordinal)
            .Replace("name: psycopg2", "name: sqlite3", StringComparison.Ordinal)
            .Replace("args: {host: postgres, user: synapse, dbname: synapse, cp_min: 2, cp_max: 10}", $"args: {{database: {folder}/synapse.db}}", StringComparison.Ordinal)
            .Replace("port: 8008", $"port: {port}", StringComparison.Ordinal)
            .Replace("bind_addresses: [0.0.0.0]", "bind_addresses: [127.0.0.1]", StringComparison.Ordinal)
            .Replace("http://keycloak:8080", keycloakUrl, StringComparison.Ordinal);
}
