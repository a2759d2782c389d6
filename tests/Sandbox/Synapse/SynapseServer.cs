using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sandbox.Components;
using Sandbox.Processes;

namespace Sandbox.Synapse;

/// <summary>A real Synapse on SQLite, on 127.0.0.1.</summary>
public sealed class SynapseServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly string python;
    private readonly SynapsePlan plan;
    private readonly string sharedSecret = Secrets.New();
    private readonly HttpClient client = new();
    private ManagedProcess? process;

    private SynapseServer(string python, SynapsePlan plan)
    {
        this.python = python;
        this.plan = plan;
    }

    public int Port { get; private set; }

    public string BaseUrl => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}");

    public string ServerName => plan.ServerName;

    public string LogFile => Path.Combine(plan.Folder, "synapse.log");

    /// <summary>One sentence that says what is missing and how to get it, or null.</summary>
    public static string? Missing(ComponentSettings settings) => SynapseInstallation.Missing(settings);

    /// <summary>Starts it; a plan with a login provider needs that provider to answer already.</summary>
    public static async Task<SynapseServer> StartAsync(ComponentSettings settings, SynapsePlan plan, CancellationToken cancellationToken)
    {
        var server = new SynapseServer(await SynapseInstallation.EnsureAsync(settings, cancellationToken), plan);
        Directory.CreateDirectory(plan.Folder);
        await Launch.OnFreePortAsync(async port =>
        {
            server.Port = port;
            await server.StartAgainAsync(cancellationToken);
            return port;
        });
        return server;
    }

    /// <summary>Starts the stopped or killed server on the same port and data.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        if (process is not null)
            await process.DisposeAsync();
        var configuration = Path.Combine(plan.Folder, "homeserver.yaml");
        await File.WriteAllTextAsync(configuration, plan.ToYaml(Port, sharedSecret), cancellationToken);
        process = ManagedProcess.Start(new(
            "Synapse", python, ["-m", "synapse.app.homeserver", "--config-path", configuration], LogFile)
        { WorkingDirectory = plan.Folder });
        try
        {
            await Launch.UntilReadyAsync(process, HealthyAsync, Patience, cancellationToken);
        }
        catch
        {
            await process.KillAsync();
            throw;
        }
    }

    /// <summary>Creates an account by shared secret and returns its access token.</summary>
    public async Task<MatrixAccount> RegisterAsync(string name, bool admin, CancellationToken cancellationToken)
    {
        var address = new Uri($"{BaseUrl}/_synapse/admin/v1/register");
        var challenge = await client.GetFromJsonAsync<JsonElement>(address, cancellationToken);
        var nonce = challenge.GetProperty("nonce").GetString()!;
        var password = Secrets.New();
        using var answer = await client.PostAsJsonAsync(
            address, new { nonce, username = name, password, admin, mac = Mac(nonce, name, password, admin) }, cancellationToken);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new SandboxException($"Synapse refused to create '{name}': {body}");
        return new(body.GetProperty("user_id").GetString()!, body.GetProperty("access_token").GetString()!, password);
    }

    public Task StopAsync() => process!.StopAsync();

    public Task KillAsync() => process!.KillAsync();

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (process is not null)
            await process.DisposeAsync();
    }

    private async Task<bool> HealthyAsync(CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync(new Uri($"{BaseUrl}/health"), cancellationToken);
        return answer.IsSuccessStatusCode;
    }

#pragma warning disable CA5350 // HMAC-SHA1 is what Synapse's registration asks for
    private string Mac(string nonce, string name, string password, bool admin) =>
        Convert.ToHexStringLower(HMACSHA1.HashData(
            Encoding.UTF8.GetBytes(sharedSecret),
            Encoding.UTF8.GetBytes(string.Join('\0', nonce, name, password, admin ? "admin" : "notadmin"))));
#pragma warning restore CA5350
}

/// <summary>An account of the homeserver.</summary>
public sealed record MatrixAccount(string UserId, string AccessToken, string Password);
