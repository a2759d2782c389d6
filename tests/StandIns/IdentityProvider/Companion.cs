using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace StandIns.IdentityProvider;

/// <summary>The one way to the companion: signed, limited in time and in parallel calls, repeated once with the same id.</summary>
internal sealed class Companion(CompanionOptions? options, IdentityProviderFaults faults, TimeProvider clock) : IDisposable
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JsonText.Encoder };

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = 64 * 1024,
    };

    private readonly SemaphoreSlim _permits = new(options?.MaxParallel ?? 0);

    private readonly ConcurrentDictionary<Task, byte> _underWay = new();

    /// <summary>For messages from now on.</summary>
    public CompanionOptions? Options { get; set; } = options;

    public async Task<Decision<Invitation>> InspectAsync(CompanionMessage message) => Decisions.Inspected(Good(await SendAsync(message)));

    public async Task<Decision<Grant>> ClaimAsync(CompanionMessage message) => Decisions.Claimed(Good(await SendAsync(message)));

    /// <returns>Null when nobody answers clearly.</returns>
    public async Task<WaitingCase?> AskAsync(CompanionMessage message) => Decisions.Waiting(Good(await SendAsync(message)));

    /// <summary>Asks about a handle that nobody has.</summary>
    /// <returns>The answer's status; 0 when there was none.</returns>
    public async Task<int> ProbeAsync(string realm) => (await SendAsync(CompanionMessage.Inspect(realm, "probe"))).Status;

    /// <summary>Sends a release or a fact off the request; it may be lost.</summary>
    public void Tell(CompanionMessage message)
    {
        var task = SendAsync(message);
        _underWay[task] = 0;
        _ = task.ContinueWith(done => _underWay.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Waits for what is being told.</summary>
    public Task SettleAsync() => Task.WhenAll(_underWay.Keys);

    public void Dispose()
    {
        _http.Dispose();
        _permits.Dispose();
    }

    private static byte[]? Good((int Status, byte[] Body) answer) => answer.Status == 200 ? answer.Body : null;

    private async Task<(int Status, byte[] Body)> SendAsync(CompanionMessage message)
    {
        var fault = faults.TakeWebhook(message.Type);
        if (Options is not { } options || fault == WebhookFault.Lost || !await _permits.WaitAsync(TimeSpan.Zero))
        {
            return (0, []);
        }

        try
        {
            using var deadline = new CancellationTokenSource(options.Timeout);
            var (id, body) = ($"msg_{Random.Id()}", Encoding.UTF8.GetBytes(message.Body.ToJsonString(Readable)));
            var answer = await SendTwiceAsync(options, message.Endpoint, id, body, deadline.Token);
            if (fault == WebhookFault.Repeated)
            {
                await SendOnceAsync(options, message.Endpoint, id, body, deadline.Token);
            }

            return fault == WebhookFault.LostAnswer ? (0, []) : answer;
        }
        catch (OperationCanceledException)
        {
            return (0, []);
        }
        finally
        {
            _permits.Release();
        }
    }

    private async Task<(int Status, byte[] Body)> SendTwiceAsync(
        CompanionOptions options, string endpoint, string id, byte[] body, CancellationToken deadline)
    {
        var first = await SendOnceAsync(options, endpoint, id, body, deadline);
        if (first.Status is not (0 or 429 or >= 500))
        {
            return first;
        }

        await Task.Delay(Pause, deadline);
        return await SendOnceAsync(options, endpoint, id, body, deadline);
    }

    private async Task<(int Status, byte[] Body)> SendOnceAsync(
        CompanionOptions options, string endpoint, string id, byte[] body, CancellationToken deadline)
    {
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Url, $"idp/v1/{endpoint}"));
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", string.Join(' ', options.Keys.Select(key => Sign(key, id, timestamp, body))));
        try
        {
            using var answer = await _http.SendAsync(request, deadline);
            return ((int)answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(deadline));
        }
        catch (HttpRequestException)
        {
            return (0, []);
        }
    }

    private static string Sign(byte[] key, string id, string timestamp, byte[] body) =>
        $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, (byte[])[.. Encoding.ASCII.GetBytes($"{id}.{timestamp}."), .. body]))}";
}
