namespace Companion.Adapters.Matrix;

/// <summary>
/// The bot's messages to one person. A marker in the room's state finds a room again that a crash left behind; the transaction id keeps a text
/// from being sent twice.
/// </summary>
internal sealed class DirectMessages(MatrixClient client, NpgsqlDataSource dataSource, IOptions<MatrixOptions> options) : IDisposable
{
    internal const string MarkerType = "org.companion.direct";

    /// <summary>The bot's list of direct rooms is read, changed and written back, by one replica at a time.</summary>
    private static readonly long List = AdvisoryLock.Of("direct_rooms");

    /// <summary>In front of it, so that a replica waits with one connection at most.</summary>
    private readonly SemaphoreSlim _turn = new(1);

    /// <exception cref="MatrixException"/>
    public async Task SendAsync(MatrixUserId person, DirectMessage message, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await using var held = await SharedLock.TakeAsync(dataSource, List, cancellationToken);
            var direct = await client.DirectRoomsAsync(cancellationToken);
            var room = await FindAsync(person, message, direct, cancellationToken) ?? await CreateAsync(person, message, cancellationToken);
            if (await ReachesAsync(room, person, message, cancellationToken))
            {
                await client.SendTextAsync(room, message.TransactionId, message.Text, cancellationToken);
            }

            if (!Of(direct, person).Contains(room.Value))
            {
                direct[person.Value] = [.. Of(direct, person), room.Value];
                await client.KeepDirectRoomsAsync(direct, cancellationToken);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Looks where the room can be: the person's direct rooms, and rooms that are neither managed nor kept as anybody's.</summary>
    private async Task<RoomId?> FindAsync(
        MatrixUserId person, DirectMessage message, Dictionary<string, List<string>> direct, CancellationToken cancellationToken)
    {
        var others = direct.Where(entry => entry.Key != person.Value).SelectMany(entry => entry.Value)
            .Concat(options.Value.ManagedRooms.Select(managed => managed.RoomId))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var room in await client.JoinedRoomsAsync(cancellationToken))
        {
            if (!others.Contains(room.Value)
                && await client.StateAsync(room, MarkerType, message.Room.ToString(), cancellationToken) is not null)
            {
                return room;
            }
        }

        return null;
    }

    private Task<RoomId> CreateAsync(MatrixUserId person, DirectMessage message, CancellationToken cancellationToken) =>
        client.CreateRoomAsync(
            new CreateRoomBody(
                "private_chat",
                true,
                [person],
                [new InitialState(MarkerType, message.Room.ToString(), new MarkerContent(message.Purpose))]),
            cancellationToken);

    /// <summary>A room whose invite failed is left behind without the person.</summary>
    private async Task<bool> ReachesAsync(RoomId room, MatrixUserId person, DirectMessage message, CancellationToken cancellationToken)
    {
        var member = await client.StateAsync(room, "m.room.member", person.Value, cancellationToken);
        if (member is not null && Membership(member) is "invite" or "join")
        {
            return true;
        }

        if (member is not null && !message.IsAskedFor)
        {
            return false;
        }

        await client.InviteAsync(room, person, cancellationToken);
        return true;
    }

    private static string? Membership(StateEvent member) =>
        member.Content.TryGetProperty("membership", out var membership) ? membership.GetString() : null;

    private static List<string> Of(Dictionary<string, List<string>> direct, MatrixUserId person) => direct.GetValueOrDefault(person.Value) ?? [];
}

/// <param name="Room">Messages of the same person with the same one go to the same room.</param>
/// <param name="TransactionId">The same one sends nothing again.</param>
/// <param name="IsAskedFor">Who has left the room is called back for it.</param>
internal sealed record DirectMessage(Guid Room, string TransactionId, string Purpose, string Text, bool IsAskedFor = false);
