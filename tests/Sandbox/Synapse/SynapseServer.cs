using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sandbox.Components;
using Sandbox.Processes;

namespace Sandbox.Synapse;

/// <summary>A real Synapse on SQLite, on 127.0.0.1.</summary>
public sealed class SynapseServer : ISynapse
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly string _python;
    private readonly SynapsePlan _plan;
    private readonly string _sharedSecret = Secrets.New();
    private readonly HttpClient _client = new();
    private readonly ServerProcess _process = new();

    private SynapseServer(string python, SynapsePlan plan)
    {
        _python = python;
        _plan = plan;
    }

    public int Port { get; private set; }

    public string BaseUrl => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}");

    public string ServerName => _plan.ServerName;

    public string LogFile => Path.Combine(_plan.Folder, "synapse.log");

    /// <summary>One sentence that says what is missing and how to get it, or null.</summary>
    public static string? Missing(ComponentSettings settings) => SynapseInstallation.Missing(settings);

    /// <summary>Starts it; a plan with a login provider needs that provider to answer already.</summary>
    public static async Task<SynapseServer> StartAsync(ComponentSettings settings, SynapsePlan plan, CancellationToken cancellationToken)
    {
        var server = new SynapseServer(await SynapseInstallation.EnsureAsync(settings, cancellationToken), plan);
        Directory.CreateDirectory(plan.Folder);
        await Launch.OnFreePortAsync(port =>
        {
            server.Port = port;
            return server.StartAgainAsync(cancellationToken);
        });
        return server;
    }

    /// <summary>Starts the stopped or killed server on the same port and data.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        var configuration = Path.Combine(_plan.Folder, "homeserver.yaml");
        await File.WriteAllTextAsync(configuration, _plan.ToYaml(Port, _sharedSecret), cancellationToken);
        await _process.StartAsync(
            new("Synapse", _python, ["-m", "synapse.app.homeserver", "--config-path", configuration], LogFile) { WorkingDirectory = _plan.Folder },
            new Uri($"{BaseUrl}/health"),
            Patience,
            cancellationToken);
    }

    /// <summary>Creates an account by shared secret and returns its access token.</summary>
    public async Task<MatrixAccount> RegisterAsync(string name, bool admin, CancellationToken cancellationToken)
    {
        var address = new Uri($"{BaseUrl}/_synapse/admin/v1/register");
        var challenge = await _client.GetFromJsonAsync<JsonElement>(address, cancellationToken);
        var nonce = challenge.GetProperty("nonce").GetString()!;
        var password = Secrets.New();
        using var answer = await _client.PostAsJsonAsync(
            address, new { nonce, username = name, password, admin, mac = Mac(nonce, name, password, admin) }, cancellationToken);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw new SandboxException($"Synapse refused to create '{name}': {body}");
        }

        return new(body.GetProperty("user_id").GetString()!, body.GetProperty("access_token").GetString()!, password);
    }

    public Task StopAsync() => _process.StopAsync();

    public Task KillAsync() => _process.KillAsync();

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _process.DisposeAsync();
    }

#pragma warning disable CA5350 // HMAC-SHA1 is what Synapse's registration asks for
    private string Mac(string nonce, string name, string password, bool admin) =>
        Convert.ToHexStringLower(HMACSHA1.HashData(
            Encoding.UTF8.GetBytes(_sharedSecret),
            Encoding.UTF8.GetBytes(string.Join('\0', nonce, name, password, admin ? "admin" : "notadmin"))));
#pragma warning restore CA5350
}

/// <summary>An account of the homeserver.</summary>
public sealed record MatrixAccount(string UserId, string AccessToken, string Password);
