using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Companion.IntegrationTests;

/// <summary>An issuer of real RS256 access tokens, with its keys published on loopback.</summary>
internal sealed class TestTokens : IAsyncDisposable
{
    // Making one takes longer than all else in a short test.
    private static readonly RSA FirstKey = RSA.Create(2048);

    private readonly WebApplication _server;
    private RSA _key = FirstKey;
    private int _keyNumber = 1;
    private int _fetches;
    private TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _held = Released();

    private TestTokens()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Urls.Add("http://127.0.0.1:0");
        _server.MapGet("/certs", async () =>
        {
            Interlocked.Increment(ref _fetches);
            _asked.TrySetResult();
            await _held.Task;
            return IsDown ? Results.StatusCode(503) : Results.Text(Jwks(), "application/json");
        });
    }

    public string Issuer => $"{_server.Urls.First()}/realms/test";

    public string JwksUri => $"{_server.Urls.First()}/certs";

    /// <summary>Times that the keys were asked for.</summary>
    public int Fetches => _fetches;

    public bool IsDown { get; set; }

    public string KeyId => $"key-{_keyNumber}";

    public static async Task<TestTokens> StartAsync()
    {
        var tokens = new TestTokens();
        await tokens._server.StartAsync();
        return tokens;
    }

    /// <summary>From now on the keys are not handed out.</summary>
    /// <returns>Ends when somebody asks for them.</returns>
    public Task HoldFetches()
    {
        _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _asked.Task;
    }

    public void ReleaseFetches() => _held.SetResult();

    /// <summary>From now on another key signs, and only that one is published.</summary>
    public void Rotate(bool underTheSameId = false, int bits = 2048)
    {
        _key = RSA.Create(bits);
        _keyNumber += underTheSameId ? 0 : 1;
    }

    /// <param name="change">Makes the payload different from what Keycloak issues to the account console.</param>
    public string Mint(string account, bool moderator, DateTimeOffset now, Action<JsonObject>? change = null)
    {
        var payload = new JsonObject
        {
            ["iss"] = Issuer,
            ["aud"] = new JsonArray("companion-api", "account"),
            ["azp"] = "account-console",
            ["typ"] = "Bearer",
            ["sub"] = account,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
            ["realm_access"] = new JsonObject { ["roles"] = moderator ? new JsonArray("companion-moderator") : [] },
        };
        change?.Invoke(payload);
        return Sign(new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = KeyId }, payload.ToJsonString());
    }

    public string Sign(JsonObject header, string payload) => Sign(header.ToJsonString(), payload, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public string Sign(string header, string payload, HashAlgorithmName hash, RSASignaturePadding padding)
    {
        var input = $"{Encode(header)}.{Encode(payload)}";
        return $"{input}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(input), hash, padding))}";
    }

    /// <summary>The public key as an attacker knows it.</summary>
    public byte[] PublicKey => _key.ExportSubjectPublicKeyInfo();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static TaskCompletionSource Released()
    {
        var released = new TaskCompletionSource();
        released.SetResult();
        return released;
    }

    private string Jwks()
    {
        var parameters = _key.ExportParameters(includePrivateParameters: false);
        var key = new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["alg"] = "RS256",
            ["kid"] = KeyId,
            ["n"] = Base64Url.EncodeToString(parameters.Modulus),
            ["e"] = Base64Url.EncodeToString(parameters.Exponent),
        };
        return new JsonObject { ["keys"] = new JsonArray(key) }.ToJsonString();
    }
}
