using System.Text.Json;

namespace Companion.IntegrationTests;

internal static class ProblemReading
{
    /// <summary>Sends a body that may be refused unread, asking first: who writes on into a connection that was closed may never read the answer.</summary>
    public static Task<HttpResponseMessage> SendAskingAsync(this HttpClient client, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.ExpectContinue = true;
        return client.SendAsync(request, cancellationToken);
    }

    /// <summary>The stable code of a Problem Details answer.</summary>
    public static async Task<string?> CodeAsync(this HttpResponseMessage answer, CancellationToken cancellationToken) =>
        (await answer.ProblemAsync(cancellationToken)).GetProperty("code").GetString();

    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
        return document.RootElement.Clone();
    }
}
