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

    /// <summary>Invitations to addresses of it wait until two of three moderators approve them.</summary>
    public const string WatchedDomain = "watched.example";

    /// <summary>Invitations by members who are here for less than this wait until a moderator approves them.</summary>
    public static readonly TimeSpan Young = TimeSpan.FromDays(14);

    private static readonly TimeSpan Old = TimeSpan.FromDays(400);

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

    /// <summary>Members with moderators' rights.</summary>
    public required Person Moritz { get; init; }

    public required Person Mona { get; init; }

    public required Person Malik { get; init; }

    /// <summary>A member for three days.</summary>
    public required Person Nele { get; init; }

    /// <summary>A member who has an account already and gets invited nonetheless.</summary>
    public required Person Berta { get; init; }

    public IReadOnlyList<Person> People => [Alice, Paul, Olga, Carla, Moritz, Mona, Malik, Nele, Berta];

    public required Room Space { get; init; }

    /// <summary>Three rooms inside the space; Alice and the bot are in each.</summary>
    public required IReadOnlyList<Room> Rooms { get; init; }

    internal static async Task<Community> SeedAsync(
        KeycloakAdmin keycloak, MatrixSession bot, string homeserver, CancellationToken cancellationToken)
    {
        var organization = await keycloak.CreateOrganizationAsync("Harbour", Organization, cancellationToken);
        var alice = await ImportAsync(keycloak, "alice", "Alice", "Ahlers", [Group], Old, cancellationToken);
        var moritz = await ImportAsync(keycloak, "moritz", "Moritz", "Mohn", [Group, Moderators], Old, cancellationToken);
        var mona = await ImportAsync(keycloak, "mona", "Mona", "Maas", [Group, Moderators], Old, cancellationToken);
        var malik = await ImportAsync(keycloak, "malik", "Malik", "Mertens", [Group, Moderators], Old, cancellationToken);
        var nele = await ImportAsync(keycloak, "nele", "Nele", "Nolte", [Group], TimeSpan.FromDays(3), cancellationToken);
        var berta = await ImportAsync(keycloak, "berta", "Berta", "Brandt", [], Old, cancellationToken);
        var paul = await ImportAsync(keycloak, "paul", "Paul", "Pohl", [Group], Old, cancellationToken);
        var olga = await ImportAsync(keycloak, "olga", "Olga", "Ott", [Group], Old, cancellationToken);
        var carla = await ImportAsync(keycloak, "carla", "Carla", "Clausen", [Group], Old, cancellationToken);
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
            Mona = mona,
            Malik = malik,
            Nele = nele,
            Berta = berta,
            Space = space,
            Rooms = rooms,
        };
    }

    private static async Task<Person> ImportAsync(
        KeycloakAdmin keycloak, string username, string firstName, string lastName, string[] groups, TimeSpan age, CancellationToken cancellationToken)
    {
        var password = Secrets.New();
        var email = $"{username}@harbour.example";
        var id = await keycloak.ImportUserAsync(
            new
            {
                username,
                email,
                firstName,
                lastName,
                groups,
                // Who is imported has no other roles than those that come along.
                realmRoles = new[] { $"default-roles-{World.Realm}" },
                enabled = true,
                emailVerified = true,
                createdTimestamp = (DateTimeOffset.UtcNow - age).ToUnixTimeMilliseconds(),
                credentials = new[] { new { type = "password", value = password } },
            },
            cancellationToken);
        return new(id, username, email, firstName, lastName, password);
    }
}
