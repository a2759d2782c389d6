using System.Collections.Concurrent;
using Companion.Community.Directory;
using Companion.Foundation.Kernel;

namespace Companion.IntegrationTests;

/// <summary>Rooms on offer, in memory. Told to fail, it throws on every call until told otherwise.</summary>
internal sealed class RoomDirectoryDouble : IRoomDirectory
{
    private readonly ConcurrentDictionary<AccountId, IReadOnlyList<RoomOffer>> _offers = new();

    /// <summary>Thrown by every call while it is set.</summary>
    public RoomDirectoryException? Failure { get; set; }

    public void Offer(string account, params RoomOffer[] rooms) => _offers[new AccountId(account)] = rooms;

    public string? NameOf(RoomId room) => _offers.Values.SelectMany(rooms => rooms).FirstOrDefault(offer => offer.Id == room)?.Name;

    public Task<RoomOffers> OfferedToAsync(AccountId account, CancellationToken cancellationToken) =>
        Failure is { } failure
            ? Task.FromException<RoomOffers>(failure)
            : Task.FromResult(_offers.TryGetValue(account, out var rooms)
                ? new RoomOffers(ChatStanding.Connected, rooms)
                : new RoomOffers(ChatStanding.NotConnected, []));
}
