using System.ComponentModel.DataAnnotations;

namespace Companion.Adapters.Matrix;

/// <summary>What is done for a newcomer who has no chat account yet.</summary>
internal enum AccountPolicy
{
    /// <summary>Make it now and link it, so that the rooms are there at first sign-in. Takes the admin API.</summary>
    Precreate,

    /// <summary>Wait until the person signs in to the chat server.</summary>
    Wait,
}

/// <summary>Configuration section Matrix; without it there are no rooms and onboarding completes without them.</summary>
[OptionsValidator]
internal sealed partial class MatrixOptions : IValidateOptions<MatrixOptions>
{
    public const string SectionName = "Matrix";

    /// <summary>Of the homeserver, e.g. https://matrix.example.org.</summary>
    public string BaseUrl { get; set; } = "";

    public string ServerName { get; set; } = "";

    /// <summary>The bot that invites; full id.</summary>
    public string BotUserId { get; set; } = "";

    /// <summary>The bot's. Keep one: message ids are remembered by the device that belongs to it.</summary>
    public string AccessToken { get; set; } = "";

    /// <summary>Of a server admin; empty or absent for a homeserver without Synapse's admin API. As powerful as root.</summary>
    public string? AdminToken { get; set; }

    /// <summary>As the homeserver lists it among its sign-in flows: oidc- and the idp_id.</summary>
    public string OidcProviderId { get; set; } = "oidc-keycloak";

    public AccountPolicy AccountPolicy { get; set; } = AccountPolicy.Precreate;

    /// <summary>People who can't be joined are invited here first.</summary>
    public string? SpaceRoomId { get; set; }

    /// <summary>The only rooms that invites may name.</summary>
    [ValidateEnumeratedItems]
    public IList<ManagedRoom> ManagedRooms { get; } = [];

    /// <summary>First direct message to a newcomer; none where it is absent.</summary>
    public string? WelcomeText { get; set; }

    /// <summary>Let the admin API make the bot admin of a managed room that it can't invite to.</summary>
    public bool RepairRooms { get; set; } = true;

    /// <summary>After this time without a chat account its rooms are given up.</summary>
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Invites to one person in a row before they are spaced out. Synapse's own limit is 5.</summary>
    [Range(1, int.MaxValue)]
    public int InviteBurst { get; set; } = 4;

    /// <summary>Space between further invites to one person. Synapse's own is 333 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan InviteInterval { get; set; } = TimeSpan.FromSeconds(340);

    public bool IsConfigured => BaseUrl.Length > 0;

    internal bool IsLocal(MatrixUserId user) => user.Server == ServerName;
}

internal sealed class ManagedRoom
{
    [Required]
    [RegularExpression("!.+", ErrorMessage = "{0} must be a room's id, which starts with !.")]
    public string RoomId { get; set; } = "";

    /// <summary>As members know it.</summary>
    [Required]
    public string Name { get; set; } = "";

    internal RoomId Id => new(RoomId);
}
