using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;

namespace Companion.Adapters.Matrix;

/// <summary>One call to the homeserver: token, time limit, and every failure as a <see cref="MatrixException"/>. Repeats nothing: the outbox does.</summary>
internal sealed class MatrixHttp(HttpClient http, TimeProvider clock)
{
    /// <summary>Calls that reach other homeservers take this long; a call to one server ends far earlier.</summary>
    internal static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    public async Task<TAnswer> GetAsync<TAnswer>(string path, string token, JsonTypeInfo<TAnswer> json, CancellationToken cancellationToken)
        where TAnswer : class =>
        (await SendAsync(HttpMethod.Get, path, token, null, json, cancellationToken)).Answer;

    /// <returns>Null when there is no such thing; a server that does not serve the path at all fails otherwise.</returns>
    public async Task<TAnswer?> FindAsync<TAnswer>(string path, string token, JsonTypeInfo<TAnswer> json, CancellationToken cancellationToken)
        where TAnswer : class
    {
        try
        {
            return await GetAsync(path, token, json, cancellationToken);
        }
        catch (MatrixException exception) when (exception.Is(404, "M_NOT_FOUND"))
        {
            return null;
        }
    }

    public async Task<TAnswer> PostAsync<TBody, TAnswer>(
        string path, string token, TBody body, JsonTypeInfo<TBody> bodyJson, JsonTypeInfo<TAnswer> json, CancellationToken cancellationToken)
        where TAnswer : class =>
        (await SendAsync(HttpMethod.Post, path, token, JsonContent.Create(body, bodyJson), json, cancellationToken)).Answer;

    public async Task<TAnswer> PostAsync<TAnswer>(
        string path, string token, byte[] content, string mediaType, JsonTypeInfo<TAnswer> json, CancellationToken cancellationToken)
        where TAnswer : class
    {
        var body = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
        return (await SendAsync(HttpMethod.Post, path, token, body, json, cancellationToken)).Answer;
    }

    /// <returns>The answer and its HTTP status, which tells a new thing (201) from one that was there.</returns>
    public Task<(TAnswer Answer, int Status)> PutAsync<TBody, TAnswer>(
        string path, string token, TBody body, JsonTypeInfo<TBody> bodyJson, JsonTypeInfo<TAnswer> json, CancellationToken cancellationToken)
        where TAnswer : class =>
        SendAsync(HttpMethod.Put, path, token, JsonContent.Create(body, bodyJson), json, cancellationToken);

    private async Task<(TAnswer Answer, int Status)> SendAsync<TAnswer>(
        HttpMethod method, string path, string token, HttpContent? body, JsonTypeInfo<TAnswer> json, CancellationToken cancellationToken)
        where TAnswer : class
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw await FailureAsync(response, cancellationToken);
            }

            var answer = await response.Content.ReadFromJsonAsync(json, cancellationToken);
            return (answer ?? throw new JsonException("null"), (int)response.StatusCode);
        }
        catch (HttpRequestException exception)
        {
            throw new MatrixException("unreachable", 0, innerException: exception);
        }
        catch (JsonException exception)
        {
            throw new MatrixException("malformed_answer", 502, innerException: exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MatrixException("timeout", 0, innerException: exception);
        }
    }

    private async Task<MatrixException> FailureAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        MatrixError? error = null;
        try
        {
            error = await response.Content.ReadFromJsonAsync(MatrixJson.Default.MatrixError, cancellationToken);
        }
        catch (JsonException)
        {
            // A proxy in between answers in HTML; the status says enough.
        }

        return new MatrixException(error?.Errcode ?? "none", (int)response.StatusCode, RetryAfter(response, error));
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response, MatrixError? error)
    {
        var header = response.Headers.RetryAfter;
        var told = header?.Delta ?? (header?.Date is { } date ? date - clock.GetUtcNow() : null);
        // No number may be larger than a time can be.
        var body = error?.RetryAfterMs is { } milliseconds and >= 0 ? TimeSpan.FromMilliseconds(Math.Min(milliseconds, int.MaxValue)) : (TimeSpan?)null;
        return told is null || body > told ? body ?? told : told;
    }
}
