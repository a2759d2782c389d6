namespace Companion.Adapters.Matrix;

/// <summary>The client-server API with the bot's token. Every method throws <see cref="MatrixException"/>.</summary>
internal sealed class MatrixClient(MatrixHttp http, IOptions<MatrixOptions> options)
{
    private const string Root = "_matrix/client/v3";

    private string Token => options.Value.AccessToken;

    private string Me => Uri.EscapeDataString(options.Value.BotUserId);

    /// <summary>Whose token this is.</summary>
    public async Task<MatrixUserId> WhoAmIAsync(CancellationToken cancellationToken) =>
        (await http.GetAsync($"{Root}/account/whoami", Token, MatrixJson.Default.WhoAmI, cancellationToken)).UserId;

    /// <summary>Ids of the identity providers that people may sign in by.</summary>
    public async Task<IReadOnlyList<string>> SignInProvidersAsync(CancellationToken cancellationToken) =>
        [.. (await http.GetAsync($"{Root}/login", Token, MatrixJson.Default.SignInFlows, cancellationToken)).Flows
            .SelectMany(flow => flow.IdentityProviders ?? []).Select(provider => provider.Id)];

    public async Task<IReadOnlyList<RoomId>> JoinedRoomsAsync(CancellationToken cancellationToken) =>
        (await http.GetAsync($"{Root}/joined_rooms", Token, MatrixJson.Default.JoinedRooms, cancellationToken)).Rooms;

    /// <summary>Only true while the bot is in the room: after it left, the server answers from the past.</summary>
    /// <returns>Null when the room has no such state.</returns>
    public Task<StateEvent?> StateAsync(RoomId room, string type, string key, CancellationToken cancellationToken) => http.FindAsync(
        $"{RoomPath(room)}/state/{Uri.EscapeDataString(type)}/{Uri.EscapeDataString(key)}?format=event",
        Token,
        MatrixJson.Default.StateEvent,
        cancellationToken);

    /// <summary>All state events of a room that the bot is in.</summary>
    public async Task<IReadOnlyList<StateEvent>> StateAsync(RoomId room, CancellationToken cancellationToken) =>
        await http.GetAsync($"{RoomPath(room)}/state", Token, MatrixJson.Default.ListStateEvent, cancellationToken);

    /// <summary>One event of a room that the bot is in.</summary>
    /// <returns>Null when the bot may not see it.</returns>
    public Task<StateEvent?> EventAsync(RoomId room, string eventId, CancellationToken cancellationToken) => http.FindAsync(
        $"{RoomPath(room)}/event/{Uri.EscapeDataString(eventId)}", Token, MatrixJson.Default.StateEvent, cancellationToken);

    public Task InviteAsync(RoomId room, MatrixUserId user, CancellationToken cancellationToken) => http.PostAsync(
        $"{RoomPath(room)}/invite",
        Token,
        new InviteBody(user),
        MatrixJson.Default.InviteBody,
        MatrixJson.Default.NoBody,
        cancellationToken);

    /// <summary>Joins the bot itself.</summary>
    public Task JoinAsync(RoomId room, CancellationToken cancellationToken) => http.PostAsync(
        $"{RoomPath(room)}/join", Token, new NoBody(), MatrixJson.Default.NoBody, MatrixJson.Default.RoomIdAnswer, cancellationToken);

    /// <summary>Takes the bot itself out.</summary>
    public Task LeaveAsync(RoomId room, CancellationToken cancellationToken) => http.PostAsync(
        $"{RoomPath(room)}/leave", Token, new NoBody(), MatrixJson.Default.NoBody, MatrixJson.Default.NoBody, cancellationToken);

    /// <summary>Not idempotent: look for the marker first.</summary>
    public async Task<RoomId> CreateRoomAsync(CreateRoomBody body, CancellationToken cancellationToken) =>
        (await http.PostAsync(
            $"{Root}/createRoom", Token, body, MatrixJson.Default.CreateRoomBody, MatrixJson.Default.RoomIdAnswer, cancellationToken)).RoomId;

    /// <summary>The same transaction id with the same token sends nothing again.</summary>
    public Task SendTextAsync(RoomId room, string transactionId, string text, CancellationToken cancellationToken) => http.PutAsync(
        $"{RoomPath(room)}/send/m.room.message/{Uri.EscapeDataString(transactionId)}",
        Token,
        new TextMessage("m.text", text),
        MatrixJson.Default.TextMessage,
        MatrixJson.Default.EventAnswer,
        cancellationToken);

    /// <returns>The mxc URI of what was uploaded.</returns>
    public async Task<string> UploadAsync(byte[] content, string mediaType, CancellationToken cancellationToken) =>
        (await http.PostAsync("_matrix/media/v3/upload", Token, content, mediaType, MatrixJson.Default.UploadAnswer, cancellationToken)).ContentUri;

    /// <summary>Which rooms the bot keeps as direct chats, by partner.</summary>
    public async Task<Dictionary<string, List<string>>> DirectRoomsAsync(CancellationToken cancellationToken) =>
        await http.FindAsync(DirectPath, Token, MatrixJson.Default.DictionaryStringListString, cancellationToken) ?? [];

    public Task KeepDirectRoomsAsync(Dictionary<string, List<string>> rooms, CancellationToken cancellationToken) => http.PutAsync(
        DirectPath, Token, rooms, MatrixJson.Default.DictionaryStringListString, MatrixJson.Default.NoBody, cancellationToken);

    private string DirectPath => $"{Root}/user/{Me}/account_data/m.direct";

    private static string RoomPath(RoomId room) => $"{Root}/rooms/{Uri.EscapeDataString(room.Value)}";
}
