using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Companion.IntegrationTests.Oversight.Webhooks;

/// <summary>One message as it came over the wire.</summary>
internal sealed record ReceivedWebhook(string Path, string Id, string Timestamp, string Signature, string? MediaType, byte[] Body)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    public string Type => Json.GetProperty("type").GetString()!;

    public string? Detail => Json.GetProperty("data").GetProperty("detail").GetString();

    /// <summary>As the specification says how to verify, and with nothing of the companion's.</summary>
    public bool IsSignedWith(string secret)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var signed = Encoding.UTF8.GetBytes($"{Id}.{Timestamp}.").Concat(Body).ToArray();
        return Signature.Split(' ').Contains($"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}");
    }
}

/// <summary>Another system that follows what happens.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _server;

    private WebhookReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Urls.Add("http://127.0.0.1:0");
        _server.Run(TakeAsync);
    }

    public string Secret { get; } = $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";

    public string Url => $"{_server.Urls.First()}/hook?key=in-the-query";

    /// <summary>All that came, in order.</summary>
    public ConcurrentQueue<ReceivedWebhook> Received { get; } = new();

    /// <summary>What is answered; without it 204.</summary>
    public Func<ReceivedWebhook, HttpResponse, Task> Answer { get; set; } = Status(StatusCodes.Status204NoContent);

    public static async Task<WebhookReceiver> StartAsync()
    {
        var receiver = new WebhookReceiver();
        await receiver._server.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public static Func<ReceivedWebhook, HttpResponse, Task> Status(int status, string? header = null, string? value = null) => (_, response) =>
    {
        response.StatusCode = status;
        if (header is not null)
        {
            response.Headers[header] = value;
        }

        return Task.CompletedTask;
    };

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers;
        var message = new ReceivedWebhook(
            context.Request.Path,
            headers["webhook-id"].Single()!,
            headers["webhook-timestamp"].Single()!,
            headers["webhook-signature"].Single()!,
            context.Request.ContentType,
            body.ToArray());
        Received.Enqueue(message);
        await Answer(message, context.Response);
    }
}
