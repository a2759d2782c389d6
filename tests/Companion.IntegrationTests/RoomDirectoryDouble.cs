using System.Collections.Concurrent;
using Companion.Directory;

namespace Companion.IntegrationTests;

/// <summary>Rooms on offer, in memory. Told to fail, it throws on every call until told otherwise.</summary>
internal sealed class RoomDirectoryDouble : IRoomDirectory
{
    private readonly ConcurrentDictionary<AccountId, IReadOnlyList<RoomOffer>> _offers = new();

    /// <summary>Thrown by every call while it is set.</summary>
    public RoomDirectoryException? Failure { get; set; }

    public void Offer(string account, params RoomOffer[] rooms) => _offers[new AccountId(account)] = rooms;

    public Task<IReadOnlyList<RoomOffer>> OfferedByAsync(AccountId account, CancellationToken cancellationToken) =>
        Failure is { } failure
            ? Task.FromException<IReadOnlyList<RoomOffer>>(failure)
            : Task.FromResult(_offers.GetValueOrDefault(account) ?? []);
}
