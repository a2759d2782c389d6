using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Companion.IntegrationTests.Journey.Invites;

namespace Companion.IntegrationTests.Community.Pausing;

internal static class PauseScene
{
    /// <summary>Moritz, a moderator, stops all inviting or lets it go on.</summary>
    /// <returns>How it is now, as he reads it.</returns>
    public static async Task<JsonElement> SwitchPauseAsync(this CompanionHost host, bool paused, string? text = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var answer = await host.ClientOf("moritz", moderator: true).PostTextAsync("/api/v1/pause", JsonSerializer.Serialize(new { paused, text }));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(cancellation));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation);
    }
}
