namespace Companion.Adapters.Matrix;

/// <summary>Opens a look at rooms as they are now.</summary>
internal sealed class RoomReaders(MatrixClient client, SynapseAdminClient admin, MatrixCapabilities capabilities)
{
    public async Task<RoomReader> OpenAsync(CancellationToken cancellationToken)
    {
        var hasAdmin = await capabilities.HasAdminAsync(cancellationToken);
        IReadOnlySet<RoomId> botRooms = (await client.JoinedRoomsAsync(cancellationToken)).ToHashSet();
        return new RoomReader(client, admin, hasAdmin, botRooms);
    }
}
