namespace Companion.Community.Directory;

/// <summary>Which chat rooms a member may offer to invitees.</summary>
internal interface IRoomDirectory
{
    /// <summary>The managed rooms as this account may offer them.</summary>
    /// <exception cref="RoomDirectoryException">The homeserver did not answer.</exception>
    Task<RoomOffers> OfferedToAsync(AccountId account, CancellationToken cancellationToken);

    /// <summary>The room's name for people; null for a room that is not managed.</summary>
    string? NameOf(RoomId room);
}

/// <summary>Whether the companion knows the account's chat account.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<ChatStanding>))]
public enum ChatStanding
{
    /// <summary>No homeserver is configured.</summary>
    None,

    Connected,

    NotConnected,

    /// <summary>The homeserver doesn't answer now.</summary>
    Unavailable,
}

/// <param name="Rooms">Those that can't be offered say why; none while the chat account is not known.</param>
internal sealed record RoomOffers(ChatStanding Chat, IReadOnlyList<RoomOffer> Rooms);

/// <param name="Members">How many have joined; null where that can't be seen.</param>
/// <param name="IsBridged">People of another chat system are in the room by way of a bridge.</param>
/// <param name="Obstacle">Null for a room that may be offered; bot_cannot_invite or not_joined.</param>
internal sealed record RoomOffer(
    RoomId Id,
    string Name,
    string? Topic = null,
    int? Members = null,
    bool IsEncrypted = false,
    bool IsBridged = false,
    string? Obstacle = null);
