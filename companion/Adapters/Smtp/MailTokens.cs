using System.Net;
using Companion.Community.Messages;

namespace Companion.Adapters.Smtp;

/// <summary>There is no token to log in with.</summary>
/// <param name="isRefusal">An operator must look; otherwise it may be there a little later.</param>
internal sealed class MailTokenException(bool isRefusal, string message) : Exception(message)
{
    public bool IsRefusal { get; } = isRefusal;
}

/// <summary>Access tokens for XOAUTH2: from the file that something else keeps fresh, or by client credentials, kept until shortly before their end.</summary>
internal sealed class MailTokens(HttpClient http, IOptions<MailOptions> options, TimeProvider clock) : IDisposable
{
    /// <summary>A token is not used in its last minute: the login has to arrive with it.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _gate = new(1, 1);

    private (string Value, DateTimeOffset UseUntil)? _token;

    /// <exception cref="MailTokenException"/>
    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        if (options.Value.OAuth.TokenFile is { Length: > 0 } file)
        {
            return await ReadAsync(file, cancellationToken);
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_token is not { } token || clock.GetUtcNow() >= token.UseUntil)
            {
                _token = token = await FetchAsync(cancellationToken);
            }

            return token.Value;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The mail server did not like it: the next one is fetched.</summary>
    public void Forget() => _token = null;

    public void Dispose() => _gate.Dispose();

    private static async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return (await File.ReadAllTextAsync(file, cancellationToken)).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MailTokenException(isRefusal: true, "Mail:OAuth:TokenFile can't be read.");
        }
    }

    private async Task<(string Value, DateTimeOffset UseUntil)> FetchAsync(CancellationToken cancellationToken)
    {
        var settings = options.Value.OAuth;
        Dictionary<string, string> form = new()
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = settings.ClientId,
            ["client_secret"] = settings.ClientSecret,
        };
        if (settings.Scope.Length > 0)
        {
            form["scope"] = settings.Scope;
        }

        try
        {
            var asked = clock.GetUtcNow();
            using FormUrlEncodedContent content = new(form);
            using var response = await http.PostAsync(new Uri(settings.TokenUrl), content, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                var isRefusal = response.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError
                    and not HttpStatusCode.TooManyRequests and not HttpStatusCode.RequestTimeout;
                throw new MailTokenException(isRefusal, $"The token endpoint answered with {(int)response.StatusCode}.");
            }

            var answer = await response.Content.ReadFromJsonAsync(MailTokenJson.Default.MailTokenAnswer, cancellationToken);
            return answer is null
                ? throw new JsonException("null")
                : (answer.AccessToken, asked + TimeSpan.FromSeconds(answer.ExpiresIn) - Margin);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or TaskCanceledException { InnerException: TimeoutException })
        {
            throw new MailTokenException(isRefusal: false, "The token endpoint did not answer as it should.");
        }
    }
}

internal sealed record MailTokenAnswer(
    [property: JsonPropertyName("access_token"), JsonRequired] string AccessToken, [property: JsonPropertyName("expires_in")] int ExpiresIn = 300);

[JsonSerializable(typeof(MailTokenAnswer))]
internal sealed partial class MailTokenJson : JsonSerializerContext;
