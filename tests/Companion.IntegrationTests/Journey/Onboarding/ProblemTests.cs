using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Companion.Community.Directory;

namespace Companion.IntegrationTests.Journey.Onboarding;

public sealed class ProblemTests(PostgresFixture postgres)
{
    [Fact]
    public async Task One_broken_room_is_one_problem_however_many_it_holds_up()
    {
        await using var lab = await StuckAsync();
        using var moderator = lab.Host.ClientOf("mo", moderator: true);
        var problem = (await ProblemsAsync(moderator)).ShouldHaveSingleItem();
        problem.GetProperty("code").GetString().ShouldBe("bot_not_in_room");
        problem.GetProperty("room").GetProperty("name").GetString().ShouldBe("Room 1");
        problem.GetProperty("affected").EnumerateArray().Select(a => a.GetProperty("accountId").GetString()).ShouldBe(["anna", "ben"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_repaired_room_is_entered_at_once_by_retry_and_later_by_itself()
    {
        await using var lab = await StuckAsync();
        using var moderator = lab.Host.ClientOf("mo", moderator: true);
        await lab.Chat.InviteAsync(lab.Chat.Owner, lab.Rooms[1], lab.Chat.Bot.UserId);
        (await PostAsync(moderator, (await AffectedAsync(moderator))["anna"], "retry")).ShouldBe(HttpStatusCode.NoContent);
        await lab.WorkAsync();
        (await lab.MembershipAsync("anna", lab.Rooms[1])).ShouldBe("join");
        (await lab.MembershipAsync("ben", lab.Rooms[1])).ShouldBeNull();
        await lab.LaterAsync(TimeSpan.FromMinutes(20));
        (await lab.MembershipAsync("ben", lab.Rooms[1])).ShouldBe("join");
        (await ProblemsAsync(moderator)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_skipped_room_lets_the_person_go_on()
    {
        await using var lab = await StuckAsync();
        using var moderator = lab.Host.ClientOf("mo", moderator: true);
        var problem = (await AffectedAsync(moderator))["anna"];
        (await PostAsync(moderator, problem, "skip")).ShouldBe(HttpStatusCode.NoContent);
        (await PostAsync(moderator, problem, "skip")).ShouldBe(HttpStatusCode.NotFound);
        (await AffectedAsync(moderator)).Keys.ShouldBe(["ben"]);
    }

    [Fact]
    public async Task Members_see_no_problems_and_solve_none()
    {
        await using var lab = await StuckAsync();
        using var moderator = lab.Host.ClientOf("mo", moderator: true);
        using var member = lab.Host.ClientOf("alice");
        (await member.GetAsync("/api/v1/problems", OnboardingScene.Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(member, (await AffectedAsync(moderator))["anna"], "skip")).ShouldBe(HttpStatusCode.Forbidden);
        (await ProblemsAsync(moderator)).Count.ShouldBe(1);
    }

    /// <summary>Two people wait for a room that the bot was put out of and may not repair.</summary>
    private async Task<OnboardingScene> StuckAsync()
    {
        var lab = await OnboardingScene.StartAsync(postgres, ("Matrix:RepairRooms", "false"));
        await lab.Chat.KickAsync(lab.Rooms[1], lab.Chat.Bot.UserId);
        foreach (var account in new[] { "anna", "ben" })
        {
            lab.Host.IdentityProvider.AddMember(account);
            var id = await lab.BeginAsync(account);
            await lab.WorkAsync();
            (await lab.StateAsync(id)).Room(lab.Rooms[0])!.Status.ShouldBe(RoomStatus.Joined, "one parked room holds up no other");
        }

        return lab;
    }

    private static async Task<List<JsonElement>> ProblemsAsync(HttpClient client) =>
        [.. (await client.GetFromJsonAsync<JsonElement>("/api/v1/problems", OnboardingScene.Stop)).GetProperty("problems").EnumerateArray()];

    private static async Task<Dictionary<string, string>> AffectedAsync(HttpClient client) =>
        (await ProblemsAsync(client)).SelectMany(p => p.GetProperty("affected").EnumerateArray())
        .ToDictionary(a => a.GetProperty("accountId").GetString()!, a => a.GetProperty("id").GetString()!);

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, string problem, string what)
    {
        using var response = await client.PostAsync(new Uri($"/api/v1/problems/{problem}/{what}", UriKind.Relative), null, OnboardingScene.Stop);
        return response.StatusCode;
    }
}
