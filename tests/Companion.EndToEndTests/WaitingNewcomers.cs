using System.Text.Json;
using Sandbox;
using Sandbox.Keycloak;
using Sandbox.People;
using Sandbox.Worlds;

namespace Companion.EndToEndTests;

/// <summary>People whom the community's rules hold back, and those who decide about them.</summary>
internal static class WaitingNewcomers
{
    private static int _people;

    /// <summary>At a domain that the community does not list.</summary>
    public static string NewAddress() => $"stranger{Interlocked.Increment(ref _people)}@unlisted.example";

    /// <summary>An invitation into the organisation alone: the community's group is for who was approved.</summary>
    public static Invitation Invitation(World world, string address) =>
        new(address, [Community.Memberships[0]], [.. world.Community.Rooms.Select(room => room.Id)]);

    /// <summary>Somebody who may manage accounts in the admin console.</summary>
    public static async Task<(Person Person, KeycloakAdmin Admin)> AddAdminAsync(this World world, CancellationToken cancellationToken)
    {
        var (username, password) = ($"rosa{Interlocked.Increment(ref _people)}", Secrets.New());
        var email = $"{username}@harbour.example";
        var id = await world.Admin.CreateUserAsync(
            new
            {
                username,
                email,
                firstName = "Rosa",
                lastName = "Rank",
                enabled = true,
                emailVerified = true,
                credentials = new[] { new { type = "password", value = password } },
            },
            cancellationToken);
        await world.Admin.GiveClientRoleAsync(id, "realm-management", "manage-users", cancellationToken);
        return (new(id, username, email, "Rosa", "Rank", password), new KeycloakAdmin(world.Keycloak, new(World.Realm, username, password)));
    }

    /// <summary>The case of an invite in the moderators' queue, once it is there.</summary>
    public static Task<JsonElement[]> CaseOfAsync(this Member moderator, string invite, bool decided, CancellationToken cancellationToken) => Eventually.SeeAsync(
        $"the case {(decided ? "is decided" : "waits")}",
        async () => (await moderator.GetAsync($"/api/v1/approvals?decided={decided}", cancellationToken)).GetProperty("approvals").EnumerateArray()
            .Where(view => view.GetProperty("inviteId").GetString() == invite).ToArray() is { Length: 1 } found ? found : null,
        cancellationToken);

    /// <summary>What happened, each with its actor.</summary>
    public static async Task<IReadOnlyList<string>> DeedsAsync(this Member moderator, string invite, CancellationToken cancellationToken) =>
    [
        .. (await moderator.GetAsync($"/api/v1/timeline?invite={invite}&limit=100", cancellationToken)).GetProperty("entries").EnumerateArray()
            .Select(entry => $"{entry.GetProperty("type").GetString()} by {entry.GetProperty("actor").GetString()}"),
    ];
}
