using Companion.Directory;
using Microsoft.Extensions.Options;

namespace Companion.Matrix;

/// <summary>The client-server API with the bot's token. Every method throws <see cref="MatrixException"/>.</summary>
internal sealed class MatrixClient(MatrixHttp http, IOptions<MatrixOptions> options)
{
    private const string Root = "_matrix/client/v3";

    private string Token => options.Value.AccessToken;

    private string Me => Uri.EscapeDataString(options.Value.BotUserId);

    public async Task<IReadOnlyList<RoomId>> JoinedRoomsAsync(CancellationToken cancellationToken) =>
        (await http.SendAsync(HttpMethod.Get, $"{Root}/joined_rooms", Token, null, MatrixJson.Default.JoinedRooms, cancellationToken)).Rooms;

    /// <summary>Only true while the bot is in the room: after it left, the server answers from the past.</summary>
    /// <returns>Null when the room has no such state.</returns>
    public async Task<StateEvent?> StateAsync(RoomId room, string type, string key, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(
                HttpMethod.Get,
                $"{RoomPath(room)}/state/{Uri.EscapeDataString(type)}/{Uri.EscapeDataString(key)}?format=event",
                Token,
                null,
                MatrixJson.Default.StateEvent,
                cancellationToken);
        }
        catch (MatrixException exception) when (exception.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>One event of a room that the bot is in.</summary>
    /// <returns>Null when the bot may not see it.</returns>
    public async Task<StateEvent?> EventAsync(RoomId room, string eventId, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(
                HttpMethod.Get,
                $"{RoomPath(room)}/event/{Uri.EscapeDataString(eventId)}",
                Token,
                null,
                MatrixJson.Default.StateEvent,
                cancellationToken);
        }
        catch (MatrixException exception) when (exception.IsNotFound)
        {
            return null;
        }
    }

    public Task InviteAsync(RoomId room, MatrixUserId user, CancellationToken cancellationToken) => http.SendAsync(
        HttpMethod.Post,
        $"{RoomPath(room)}/invite",
        Token,
        JsonContent.Create(new InviteBody(user), MatrixJson.Default.InviteBody),
        MatrixJson.Default.NoBody,
        cancellationToken);

    /// <summary>Joins the bot itself.</summary>
    public Task JoinAsync(RoomId room, CancellationToken cancellationToken) => http.SendAsync(
        HttpMethod.Post,
        $"{RoomPath(room)}/join",
        Token,
        JsonContent.Create(new NoBody(), MatrixJson.Default.NoBody),
        MatrixJson.Default.RoomIdAnswer,
        cancellationToken);

    /// <summary>Not idempotent: look for the marker first.</summary>
    public async Task<RoomId> CreateRoomAsync(CreateRoomBody body, CancellationToken cancellationToken) =>
        (await http.SendAsync(
            HttpMethod.Post,
            $"{Root}/createRoom",
            Token,
            JsonContent.Create(body, MatrixJson.Default.CreateRoomBody),
            MatrixJson.Default.RoomIdAnswer,
            cancellationToken)).RoomId;

    /// <summary>The same transaction id with the same token sends nothing again.</summary>
    public Task SendTextAsync(RoomId room, string transactionId, string text, CancellationToken cancellationToken) => http.SendAsync(
        HttpMethod.Put,
        $"{RoomPath(room)}/send/m.room.message/{Uri.EscapeDataString(transactionId)}",
        Token,
        JsonContent.Create(new TextMessage("m.text", text), MatrixJson.Default.TextMessage),
        MatrixJson.Default.EventAnswer,
        cancellationToken);

    /// <summary>Which rooms the bot keeps as direct chats, by partner.</summary>
    public async Task<Dictionary<string, List<string>>> DirectRoomsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(
                HttpMethod.Get, DirectPath, Token, null, MatrixJson.Default.DictionaryStringListString, cancellationToken);
        }
        catch (MatrixException exception) when (exception.IsNotFound)
        {
            return [];
        }
    }

    public Task KeepDirectRoomsAsync(Dictionary<string, List<string>> rooms, CancellationToken cancellationToken) => http.SendAsync(
        HttpMethod.Put,
        DirectPath,
        Token,
        JsonContent.Create(rooms, MatrixJson.Default.DictionaryStringListString),
        MatrixJson.Default.NoBody,
        cancellationToken);

    private string DirectPath => $"{Root}/user/{Me}/account_data/m.direct";

    private static string RoomPath(RoomId room) => $"{Root}/rooms/{Uri.EscapeDataString(room.Value)}";
}
