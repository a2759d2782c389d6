using Companion.Community.Directory;

namespace Companion.Adapters.Matrix;

/// <summary>Rooms on offer: managed, joined by the member, and open to the bot's invites; the other managed ones say what is missing. Upgraded rooms are
/// offered as what they became.</summary>
internal sealed class MatrixRoomDirectory(
    IIdentityProvider identityProvider,
    ChatAccounts accounts,
    RoomReaders readers,
    ChatFaults faults,
    IOptions<MatrixOptions> options,
    TimeProvider clock)
    : IRoomDirectory
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(60);

    private readonly TimedCache<RoomId, KnownRoom> _known = new(Freshness, clock);

    public string? NameOf(RoomId room) => options.Value.ManagedRooms.FirstOrDefault(managed => managed.Id == room)?.Name;

    public async Task<RoomOffers> OfferedToAsync(AccountId account, CancellationToken cancellationToken)
    {
        try
        {
            return await faults.TranslateAsync(() => ReadAsync(account, cancellationToken));
        }
        catch (ChatServerException exception)
        {
            throw new RoomDirectoryException(exception.Code, exception);
        }
        catch (IdentityProviderException exception)
        {
            throw new RoomDirectoryException(exception.Code, exception);
        }
    }

    private async Task<RoomOffers> ReadAsync(AccountId account, CancellationToken cancellationToken)
    {
        if (await identityProvider.FindAsync(account, cancellationToken) is not { Enabled: true } person
            || await accounts.FindAsync(person.Id, cancellationToken) is not { Flag: AccountFlag.None } member)
        {
            return new RoomOffers(ChatStanding.NotConnected, []);
        }

        var reader = await readers.OpenAsync(cancellationToken);
        List<RoomOffer> offers = [];
        foreach (var managed in options.Value.ManagedRooms)
        {
            if (await _known.FindAsync(managed.Id, () => LookAsync(reader, managed, cancellationToken)) is { } room)
            {
                var isIn = await reader.PresenceAsync(room.Chain, member.Id, cancellationToken) == Presence.Joined;
                offers.Add(Offer(managed, room, isIn));
            }
        }

        return new RoomOffers(ChatStanding.Connected, offers);
    }

    /// <summary>What a room is about and who is in it is for those who are.</summary>
    private static RoomOffer Offer(ManagedRoom managed, KnownRoom room, bool isIn) => isIn
        ? new RoomOffer(
            room.Chain.Last,
            managed.Name,
            room.Description?.Topic,
            room.Description?.Members,
            room.Description?.IsEncrypted == true,
            room.Description?.IsBridged == true,
            room.IsOpen ? null : "bot_cannot_invite")
        : new RoomOffer(room.Chain.Last, managed.Name, Obstacle: "not_joined");

    private async Task<KnownRoom?> LookAsync(RoomReader reader, ManagedRoom managed, CancellationToken cancellationToken)
    {
        var chain = await reader.FollowAsync(managed.Id, cancellationToken);
        var isOpen = chain is { Exists: true, Upgrade: RoomUpgrade.None or RoomUpgrade.Followed }
            && reader.BotIsIn(chain.Last)
            && await reader.MayInviteAsync(chain.Last, new MatrixUserId(options.Value.BotUserId), cancellationToken);
        return new KnownRoom(chain, isOpen, chain.Exists ? await reader.DescribeAsync(chain.Last, cancellationToken) : null);
    }

    /// <param name="IsOpen">The bot may invite to it.</param>
    private sealed record KnownRoom(RoomChain Chain, bool IsOpen, RoomDescription? Description);
}

/// <summary>Where no homeserver is configured.</summary>
internal sealed class NoRoomDirectory : IRoomDirectory
{
    public string? NameOf(RoomId room) => null;

    public Task<RoomOffers> OfferedToAsync(AccountId account, CancellationToken cancellationToken) =>
        Task.FromResult(new RoomOffers(ChatStanding.None, []));
}
