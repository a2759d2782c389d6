using System.Net.Http.Headers;
using Companion.Foundation.Web;

namespace Companion.Oversight.Webhooks;

/// <summary>What came of one attempt.</summary>
/// <param name="Status">HTTP status; 0 where there was no answer.</param>
/// <param name="Code">Short and stable, for operators.</param>
/// <param name="RetryAfter">What the endpoint asks for.</param>
internal sealed record WebhookAnswer(int Status, string Code, TimeSpan? RetryAfter = null)
{
    public bool IsSuccess => Status is >= 200 and < 300;
}

/// <summary>Signs and posts one message. Follows no redirect and reads nothing of the answer but its head.</summary>
internal sealed class WebhookSender(HttpClient http, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public async Task<WebhookAnswer> SendAsync(WebhookEndpoint endpoint, Guid messageId, byte[] body, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = Sign(endpoint, messageId.ToString(), body);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var status = (int)response.StatusCode;
            return new WebhookAnswer(status, string.Create(CultureInfo.InvariantCulture, $"http_{status}"), RetryAfter(response.Headers.RetryAfter));
        }
        catch (HttpRequestException exception)
        {
            return new WebhookAnswer(0, exception.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => "name_unknown",
                HttpRequestError.SecureConnectionError => "tls_failed",
                HttpRequestError.ConnectionError => "unreachable",
                _ => "broken_answer",
            });
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new WebhookAnswer(0, "timeout");
        }
    }

    private HttpRequestMessage Sign(WebhookEndpoint endpoint, string id, byte[] body)
    {
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return new HttpRequestMessage(HttpMethod.Post, endpoint.Url)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
            Headers =
            {
                { "webhook-id", id },
                { "webhook-timestamp", timestamp },
                { "webhook-signature", WebhookSignature.Header(endpoint.Secrets, id, timestamp, body) },
                { "user-agent", "Companion-Webhooks" },
            },
        };
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date ? date - clock.GetUtcNow() : null);
}
