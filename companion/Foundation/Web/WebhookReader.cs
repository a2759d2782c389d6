using System.Net.Http.Headers;

namespace Companion.Foundation.Web;

/// <summary>Takes a signed message from a request: nothing of the body is parsed before its signature is verified.</summary>
internal sealed partial class WebhookReader(
    IOptions<WebhookOptions> options, TimeProvider clock, WebhookMetrics metrics, ILogger<WebhookReader> logger)
{
    public const int LargestBody = 16 * 1024;

    private const int LongestId = 128;

    private readonly byte[][] _keys =
    [
        .. new[] { options.Value.Secret, options.Value.PreviousSecret }
            .Where(secret => !string.IsNullOrEmpty(secret)).Select(secret => WebhookSignature.Key(secret!)!),
    ];

    /// <param name="types">Message types that the endpoint takes.</param>
    /// <param name="realm">The realm that the message must come from.</param>
    public async Task<WebhookReading> ReadAsync(
        HttpRequest request, IReadOnlyList<string> types, string realm, CancellationToken cancellationToken)
    {
        var reading = await VerifyAsync(request, types, realm, cancellationToken);
        if (reading is WebhookReading.Rejected { Rejection: var rejection })
        {
            metrics.Rejected(rejection);
            Log.Rejected(logger, types[0], rejection.Reason);
        }

        return reading;
    }

    private async Task<WebhookReading> VerifyAsync(
        HttpRequest request, IReadOnlyList<string> types, string realm, CancellationToken cancellationToken)
    {
        if (!IsJson(request))
        {
            return Reject(WebhookRejection.MediaType);
        }

        var body = await ReadBodyAsync(request, cancellationToken);
        if (body is null)
        {
            return Reject(WebhookRejection.TooLarge);
        }

        return SignatureObstacle(request.Headers, body, out var id) is { } obstacle
            ? Reject(obstacle)
            : Open(id, body, types, realm);
    }

    private WebhookRejection? SignatureObstacle(IHeaderDictionary headers, byte[] body, out string id)
    {
        var (ids, timestamps, signatures) = (headers["webhook-id"], headers["webhook-timestamp"], headers["webhook-signature"]);
        id = ids.ToString();
        if (ids.Count == 0 || timestamps.Count == 0 || signatures.Count == 0)
        {
            return WebhookRejection.HeaderMissing;
        }

        // What is between us and the sender may have joined repeated headers by commas.
        if (ids.Count > 1 || timestamps.Count > 1 || signatures.Count > 1 || headers.ContentType.Count > 1
            || signatures.ToString().Contains(", ", StringComparison.Ordinal))
        {
            return WebhookRejection.HeaderRepeated;
        }

        var timestamp = timestamps.ToString();
        if (!IsId(id) || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || timestamp.Length > 12)
        {
            return WebhookRejection.HeaderMalformed;
        }

        if (Math.Abs(clock.GetUtcNow().ToUnixTimeSeconds() - seconds) > WebhookSignature.Tolerance.TotalSeconds)
        {
            return WebhookRejection.Timestamp;
        }

        return WebhookSignature.Matches(_keys, id, timestamp, body, signatures.ToString()) ? null : WebhookRejection.Signature;
    }

    private static WebhookReading Open(string id, byte[] body, IReadOnlyList<string> types, string realm)
    {
        if (!PlainRequests.IsPlainJson(body) || ReadEnvelope(body) is not { Type: { } type } envelope)
        {
            return Reject(WebhookRejection.Malformed);
        }

        return !types.Contains(type, StringComparer.Ordinal) ? Reject(WebhookRejection.Type)
            : !string.Equals(envelope.Realm, realm, StringComparison.Ordinal) ? Reject(WebhookRejection.Realm)
            : new WebhookReading.Accepted(new WebhookMessage(id, type, body));
    }

    private static (string? Type, string? Realm)? ReadEnvelope(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(
                body, new JsonDocumentOptions { MaxDepth = StrictJson.MaxDepth, AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? (Text(document.RootElement, "type"), Text(document.RootElement, "realm"))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static async Task<byte[]?> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > LargestBody)
        {
            return null;
        }

        var buffer = new byte[LargestBody + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length > LargestBody ? null : buffer[..length];
    }

    private static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase)
        && (type.CharSet is null || string.Equals(type.CharSet.Trim('"'), "utf-8", StringComparison.OrdinalIgnoreCase));

    /// <summary>Without a dot: it would let what is signed be cut in another place.</summary>
    private static bool IsId(string id) =>
        id.Length is > 0 and <= LongestId && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    private static WebhookReading.Rejected Reject(WebhookRejection rejection) => new(rejection);

    private static partial class Log
    {
        [LoggerMessage(340, LogLevel.Error, "A message to the {Endpoint} webhook was not accepted: {Reason}.")]
        public static partial void Rejected(ILogger logger, string endpoint, string reason);
    }
}
