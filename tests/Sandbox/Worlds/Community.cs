using Sandbox.Keycloak;
using Sandbox.People;
using Sandbox.Synapse;

namespace Sandbox.Worlds;

/// <summary>A chat room of the community.</summary>
public sealed record Room(string Id, string Name);

/// <summary>Who and what is there before the first invitation.</summary>
public sealed class Community
{
    public const string Name = "Harbour Community";
    public const string Organization = "harbour";
    public const string RoleGroup = "Users";
    public const string Group = "/members";
    public const string Moderators = "/moderators";

    /// <summary>Invitations to addresses of it wait until a moderator approves them.</summary>
    public const string HeldDomain = "held.example";

    /// <summary>What people are invited into.</summary>
    public static IReadOnlyList<InvitedMembership> Memberships { get; } = [new(Organization, RoleGroup), new(null, Group)];

    private Community()
    {
    }

    /// <summary>A member who invites, and manages the organisation's users.</summary>
    public required Person Alice { get; init; }

    /// <summary>A member without an office.</summary>
    public required Person Paul { get; init; }

    /// <summary>An admin of the organisation.</summary>
    public required Person Olga { get; init; }

    /// <summary>An admin of the whole community.</summary>
    public required Person Carla { get; init; }

    /// <summary>A member with moderators' rights.</summary>
    public required Person Moritz { get; init; }

    /// <summary>A member who has an account already and gets invited nonetheless.</summary>
    public required Person Berta { get; init; }

    public IReadOnlyList<Person> People => [Alice, Paul, Olga, Carla, Moritz, Berta];

    public required Room Space { get; init; }

    /// <summary>Three rooms inside the space; Alice and the bot are in each.</summary>
    public required IReadOnlyList<Room> Rooms { get; init; }

    internal static async Task<Community> SeedAsync(
        KeycloakAdmin keycloak, MatrixSession bot, string homeserver, CancellationToken cancellationToken)
    {
        var organization = await keycloak.CreateOrganizationAsync("Harbour", Organization, cancellationToken);
        var alice = await CreateAsync(keycloak, "alice", "Alice", "Ahlers", [Group], cancellationToken);
        var moritz = await CreateAsync(keycloak, "moritz", "Moritz", "Mohn", [Group, Moderators], cancellationToken);
        var berta = await CreateAsync(keycloak, "berta", "Berta", "Brandt", [], cancellationToken);
        var paul = await CreateAsync(keycloak, "paul", "Paul", "Pohl", [Group], cancellationToken);
        var olga = await CreateAsync(keycloak, "olga", "Olga", "Ott", [Group], cancellationToken);
        var carla = await CreateAsync(keycloak, "carla", "Carla", "Clausen", [Group], cancellationToken);
        await keycloak.GiveRealmRoleAsync(carla.AccountId, "companion-admin", cancellationToken);
        foreach (var (person, office) in (ValueTuple<Person, string>[])[(alice, "User Managers"), (olga, "Admins")])
        {
            await keycloak.AddToOrganizationAsync(organization, person.AccountId, cancellationToken);
            var group = await keycloak.CreateOrganizationGroupAsync(organization, office, cancellationToken);
            await keycloak.AddToOrganizationGroupAsync(organization, group, person.AccountId, cancellationToken);
        }

        var space = new Room(await bot.CreateRoomAsync("Harbour", isSpace: true, cancellationToken), "Harbour");
        var rooms = new List<Room>();
        foreach (var name in (string[])["General", "Announcements", "Events"])
        {
            var room = new Room(await bot.CreateRoomAsync(name, isSpace: false, cancellationToken), name);
            await bot.AddToSpaceAsync(space.Id, room.Id, homeserver, cancellationToken);
            rooms.Add(room);
        }

        foreach (var person in (Person[])[alice, berta])
        {
            await bot.CreateLinkedAccountAsync($"@{person.Username}:{homeserver}", person.AccountId, person.DisplayName, cancellationToken);
        }

        foreach (var room in (Room[])[space, .. rooms])
        {
            await bot.ForceJoinAsync(room.Id, $"@alice:{homeserver}", cancellationToken);
        }

        return new()
        {
            Alice = alice,
            Paul = paul,
            Olga = olga,
            Carla = carla,
            Moritz = moritz,
            Berta = berta,
            Space = space,
            Rooms = rooms,
        };
    }

    private static async Task<Person> CreateAsync(
        KeycloakAdmin keycloak, string username, string firstName, string lastName, string[] groups, CancellationToken cancellationToken)
    {
        var password = Secrets.New();
        var email = $"{username}@harbour.example";
        var id = await keycloak.CreateUserAsync(
            new
            {
                username,
                email,
                firstName,
                lastName,
                groups,
                enabled = true,
                emailVerified = true,
                credentials = new[] { new { type = "password", value = password } },
            },
            cancellationToken);
        return new(id, username, email, firstName, lastName, password);
    }
}
