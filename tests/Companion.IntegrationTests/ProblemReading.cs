using System.Text.Json;

namespace Companion.IntegrationTests;

internal static class ProblemReading
{
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
