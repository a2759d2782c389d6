using System.Net;
using System.Text.Json;
using Companion.Foundation.Kernel;
using Companion.IntegrationTests.Journey.Invites;
using Companion.IntegrationTests.Journey.Registrations;

namespace Companion.IntegrationTests.Oversight.Moderation;

/// <summary>What tests about people do with a world: members bring others, moderators look and act.</summary>
internal static class PeopleScene
{
    public const string Moderator = "moritz";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A member who may invite; nobody invited this one.</summary>
    public static void Join(this RegistrationScene world, params string[] accounts)
    {
        foreach (var account in accounts)
        {
            world.Host.IdentityProvider.AddMember(account);
            world.Host.IdentityProvider.Employ(account, "harbour", "User Managers");
        }
    }

    /// <summary>People register by invites, the first by one of the inviter's, the next by one of that one's, and so on.</summary>
    public static async Task BringAsync(this RegistrationScene world, string inviter, params string[] newcomers)
    {
        foreach (var newcomer in newcomers)
        {
            var invite = await world.IssueAsync(inviter);
            await world.ClaimedAsync(invite, newcomer);
            await world.RegisteredAsync(invite, newcomer);
            inviter = newcomer;
        }
    }

    public static async Task ClaimedAsync(this RegistrationScene world, InviteId invite, string newcomer) =>
        (await world.ClaimAsync(world.Handle(invite), RegistrationScene.NewKey(), newcomer)).ShouldAccept();

    public static async Task RegisteredAsync(this RegistrationScene world, InviteId invite, string newcomer)
    {
        world.Host.IdentityProvider.AddMember(newcomer, inviteId: invite);
        world.Host.IdentityProvider.Employ(newcomer, "harbour", "User Managers");
        (await world.TellAsync("registered", invite, newcomer)).Status.ShouldBe(HttpStatusCode.OK);
        await world.Host.RunOutboxAsync(Ct);
    }

    public static HttpClient Moderating(this RegistrationScene world) => world.Host.ClientOf(Moderator, moderator: true);

    public static async Task<JsonElement> ActAsync(this RegistrationScene world, string account, string act, object? body = null, string? key = null)
    {
        using var answer = await world.Moderating().PostTextAsync($"/api/v1/people/{account}/{act}", JsonSerializer.Serialize(body ?? new { }), key);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonElement.Parse(text);
    }

    /// <returns>Code and detail, with who did it, as the timeline shows what is about this person.</returns>
    public static async Task<IReadOnlyList<string>> TimelineAsync(this RegistrationScene world, HttpClient reader, string query) =>
    [
        .. (await reader.ReadAsync($"/api/v1/timeline?limit=200&{query}")).GetProperty("entries").EnumerateArray()
            .Select(entry => $"{entry.GetProperty("kind").GetString()} {entry.GetProperty("type").GetString()} by {entry.GetProperty("actor").GetString()} {entry.GetProperty("detail").GetString()}".TrimEnd())
            .Reverse(),
    ];

    public static string? Text(this JsonElement element, string name) => element.GetProperty(name).GetString();
}
