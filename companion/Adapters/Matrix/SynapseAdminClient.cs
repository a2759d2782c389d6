namespace Companion.Adapters.Matrix;

/// <summary>Synapse's admin API. Every method throws <see cref="MatrixException"/>.</summary>
internal sealed class SynapseAdminClient(MatrixHttp http, IOptions<MatrixOptions> options)
{
    private const string Root = "_synapse/admin";

    private string Token => options.Value.AdminToken ?? throw new InvalidOperationException("Matrix:AdminToken is not set.");

    private string Provider => options.Value.OidcProviderId;

    /// <summary>By the link that sign-in made or pre-creation set. The server may remember a removed link: confirm with <see cref="FindAsync"/>.</summary>
    public async Task<MatrixUserId?> FindByExternalIdAsync(AccountId account, CancellationToken cancellationToken) =>
        (await http.FindAsync(
            $"{Root}/v1/auth_providers/{Uri.EscapeDataString(Provider)}/users/{Uri.EscapeDataString(account.Value)}",
            Token,
            MatrixJson.Default.UserLookup,
            cancellationToken))?.UserId;

    /// <returns>Null when there is no such account.</returns>
    public Task<ChatUser?> FindAsync(MatrixUserId user, CancellationToken cancellationToken) =>
        http.FindAsync(UserPath(user), Token, MatrixJson.Default.ChatUser, cancellationToken);

    public async Task<bool> IsFreeAsync(string localpart, CancellationToken cancellationToken)
    {
        try
        {
            var path = $"{Root}/v1/username_available?username={Uri.EscapeDataString(localpart)}";
            await http.GetAsync(path, Token, MatrixJson.Default.NoBody, cancellationToken);
            return true;
        }
        catch (MatrixException exception) when (exception.Is(400, "M_USER_IN_USE", "M_INVALID_USERNAME", "M_EXCLUSIVE"))
        {
            return false;
        }
    }

    /// <summary>Makes an account linked to the identity provider's. A refused link (409) leaves an unlinked account behind.</summary>
    /// <returns>False when the name was somebody's already.</returns>
    public async Task<bool> CreateAsync(MatrixUserId user, string displayName, AccountId account, CancellationToken cancellationToken)
    {
        var body = new NewUserBody(displayName, [new ExternalId(Provider, account.Value)]);
        var (_, status) = await http.PutAsync(
            UserPath(user), Token, body, MatrixJson.Default.NewUserBody, MatrixJson.Default.ChatUser, cancellationToken);
        return status == StatusCodes.Status201Created;
    }

    /// <param name="avatar">An mxc URI; empty for none.</param>
    public Task SetAvatarAsync(MatrixUserId user, string avatar, CancellationToken cancellationToken) => http.PutAsync(
        UserPath(user), Token, new AvatarBody(avatar), MatrixJson.Default.AvatarBody, MatrixJson.Default.ChatUser, cancellationToken);

    public Task DeactivateAsync(MatrixUserId user, CancellationToken cancellationToken) => http.PostAsync(
        $"{Root}/v1/deactivate/{Uri.EscapeDataString(user.Value)}",
        Token,
        new DeactivateBody(false),
        MatrixJson.Default.DeactivateBody,
        MatrixJson.Default.NoBody,
        cancellationToken);

    /// <returns>join, invite, leave, ban or knock by room; rooms that the person never had to do with are absent.</returns>
    public async Task<IReadOnlyDictionary<string, string>> MembershipsAsync(MatrixUserId user, CancellationToken cancellationToken) =>
        (await http.GetAsync(
            $"{Root}/v1/users/{Uri.EscapeDataString(user.Value)}/memberships",
            Token,
            MatrixJson.Default.MembershipsAnswer,
            cancellationToken)).Memberships;

    /// <summary>State events of one type, also of rooms that the bot is not in.</summary>
    /// <returns>Null when there is no such room.</returns>
    public async Task<IReadOnlyList<StateEvent>?> StateAsync(RoomId room, string type, CancellationToken cancellationToken) =>
        (await http.FindAsync(
            $"{RoomPath(room)}/state?type={Uri.EscapeDataString(type)}", Token, MatrixJson.Default.AdminStateAnswer, cancellationToken))?.State;

    /// <summary>All state events, also of rooms that the bot is not in.</summary>
    /// <returns>Null when there is no such room.</returns>
    public async Task<IReadOnlyList<StateEvent>?> StateAsync(RoomId room, CancellationToken cancellationToken) =>
        (await http.FindAsync($"{RoomPath(room)}/state", Token, MatrixJson.Default.AdminStateAnswer, cancellationToken))?.State;

    /// <summary>Puts a local account into a room. Brings back people who left, declined or were removed, and people whose account is shut: check first.</summary>
    public Task JoinAsync(RoomId room, MatrixUserId user, CancellationToken cancellationToken) => http.PostAsync(
        $"{Root}/v1/join/{Uri.EscapeDataString(room.Value)}",
        Token,
        new InviteBody(user),
        MatrixJson.Default.InviteBody,
        MatrixJson.Default.RoomIdAnswer,
        cancellationToken);

    /// <summary>Raises the account to the room's highest level by way of a local admin in the room, and invites it where it is not in.</summary>
    public Task MakeRoomAdminAsync(RoomId room, MatrixUserId user, CancellationToken cancellationToken) => http.PostAsync(
        $"{RoomPath(room)}/make_room_admin",
        Token,
        new InviteBody(user),
        MatrixJson.Default.InviteBody,
        MatrixJson.Default.NoBody,
        cancellationToken);

    public Task<RateLimitOverride> RateLimitAsync(MatrixUserId user, CancellationToken cancellationToken) => http.GetAsync(
        $"{Root}/v1/users/{Uri.EscapeDataString(user.Value)}/override_ratelimit",
        Token,
        MatrixJson.Default.RateLimitOverride,
        cancellationToken);

    private static string UserPath(MatrixUserId user) => $"{Root}/v2/users/{Uri.EscapeDataString(user.Value)}";

    private static string RoomPath(RoomId room) => $"{Root}/v1/rooms/{Uri.EscapeDataString(room.Value)}";
}
