namespace Companion.Directory;

/// <summary>Which chat rooms a member may offer to invitees.</summary>
internal interface IRoomDirectory
{
    /// <summary>Managed rooms that the account has joined and the bot may invite to; none where no homeserver is configured.</summary>
    /// <exception cref="RoomDirectoryException">The homeserver did not answer.</exception>
    Task<IReadOnlyList<RoomOffer>> OfferedByAsync(AccountId account, CancellationToken cancellationToken);
}

internal sealed record RoomOffer(RoomId Id, string Name);
