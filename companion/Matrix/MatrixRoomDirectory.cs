using System.Text.Json;
using Companion.Directory;
using Microsoft.Extensions.Options;

namespace Companion.Matrix;

/// <summary>Rooms on offer: managed, joined by the member, and open to the bot's invites. Upgraded rooms are offered as what they became.</summary>
internal sealed class MatrixRoomDirectory(
    IIdentityProvider identityProvider, ChatAccounts accounts, RoomReaders readers, IOptions<MatrixOptions> options, TimeProvider clock)
    : IRoomDirectory
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(60);

    private readonly TimedCache<RoomId, KnownRoom> _known = new(Freshness, clock);

    public async Task<IReadOnlyList<RoomOffer>> OfferedByAsync(AccountId account, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(account, cancellationToken);
        }
        catch (MatrixException exception)
        {
            throw new RoomDirectoryException(ChatFaults.Of(exception).Code, exception);
        }
        catch (IdentityProviderException exception)
        {
            throw new RoomDirectoryException(exception.Code, exception);
        }
        catch (JsonException exception)
        {
            throw new RoomDirectoryException("chat_malformed", exception);
        }
    }

    private async Task<IReadOnlyList<RoomOffer>> ReadAsync(AccountId account, CancellationToken cancellationToken)
    {
        if (await identityProvider.FindAsync(account, cancellationToken) is not { Enabled: true } person
            || await accounts.FindAsync(person, cancellationToken) is not { Flag: AccountFlag.None } member)
        {
            return [];
        }

        var reader = await readers.OpenAsync(cancellationToken);
        List<RoomOffer> offers = [];
        foreach (var managed in options.Value.ManagedRooms)
        {
            if (await _known.FindAsync(managed.Id, () => LookAsync(reader, managed, cancellationToken)) is { IsOpen: true } room
                && await reader.PresenceAsync(room.Chain, member.Id, cancellationToken) == Presence.Joined)
            {
                offers.Add(new RoomOffer(room.Chain.Last, managed.Name));
            }
        }

        return offers;
    }

    private async Task<KnownRoom?> LookAsync(RoomReader reader, ManagedRoom managed, CancellationToken cancellationToken)
    {
        var chain = await reader.FollowAsync(managed.Id, cancellationToken);
        var isOpen = chain is { Exists: true, Upgrade: RoomUpgrade.None or RoomUpgrade.Followed }
            && reader.BotIsIn(chain.Last)
            && await reader.MayInviteAsync(chain.Last, new MatrixUserId(options.Value.BotUserId), cancellationToken);
        return new KnownRoom(chain, isOpen);
    }

    /// <param name="IsOpen">The bot may invite to it.</param>
    private sealed record KnownRoom(RoomChain Chain, bool IsOpen);
}

/// <summary>Where no homeserver is configured.</summary>
internal sealed class NoRoomDirectory : IRoomDirectory
{
    public Task<IReadOnlyList<RoomOffer>> OfferedByAsync(AccountId account, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RoomOffer>>([]);
}
