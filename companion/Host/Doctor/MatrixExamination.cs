using Companion.Adapters.Matrix;

namespace Companion.Host.Doctor;

/// <summary>The bot, the admin token, and every room that invites may name.</summary>
internal sealed class MatrixExamination(
    MatrixClient client, SynapseAdminClient admin, MatrixCapabilities capabilities, RoomReaders readers, IOptions<MatrixOptions> options) : Examination
{
    private MatrixUserId Bot => new(options.Value.BotUserId);

    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.IsConfigured)
        {
            return [Finding.Advice("No homeserver is configured: nobody is brought into rooms.")];
        }

        try
        {
            return [await BotAsync(cancellationToken), .. await AdminAsync(cancellationToken), .. await RoomsAsync(cancellationToken)];
        }
        catch (MatrixException exception)
        {
            return
            [
                Finding.Problem(exception switch
                {
                    { IsCredentialProblem: true } => "The homeserver does not know a token. Renew Matrix:AccessToken or Matrix:AdminToken.",
                    { IsOutage: true } => "The homeserver does not answer at Matrix:BaseUrl. Check the address and that it runs.",
                    _ => $"The homeserver refuses ({exception.ErrorCode}, {exception.Status}). Check the section Matrix.",
                }),
            ];
        }
    }

    private async Task<Finding> BotAsync(CancellationToken cancellationToken)
    {
        var me = await client.WhoAmIAsync(cancellationToken);
        return me == Bot
            ? Finding.Good("The bot is who it should be.")
            : Finding.Problem($"Matrix:AccessToken belongs to {me}, not to Matrix:BotUserId. Set the bot's own token.");
    }

    private async Task<IReadOnlyList<Finding>> AdminAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(options.Value.AdminToken))
        {
            return [Finding.Advice("There is no admin token: people are invited to rooms, not joined, and only once they proved their chat account by the bot's code; what a denied account has in the chat is not ended.")];
        }

        if (!await capabilities.HasAdminAsync(cancellationToken))
        {
            return [Finding.Problem("Matrix:AdminToken is not a server admin's, or the admin API is not reachable at Matrix:BaseUrl. Make the account an admin.")];
        }

        var providers = await client.SignInProvidersAsync(cancellationToken);
        var limits = await admin.RateLimitAsync(Bot, cancellationToken);
        return
        [
            Finding.Good("The admin API can be used."),
            providers.Contains(options.Value.OidcProviderId)
                ? Finding.Good("People sign in to chat through the identity provider that accounts are linked to.")
                : Finding.Problem(
                    $"The homeserver offers no sign-in {options.Value.OidcProviderId} (it has: {string.Join(", ", providers.DefaultIfEmpty("none"))}): "
                    + "accounts made here would not be those that people sign in to. Set Matrix:OidcProviderId."),
            limits.IsUnlimited
                ? Finding.Good("The bot has no rate limit.")
                : Finding.Advice("The bot has the usual rate limits: invites to one person are spaced out. Lift them with an override of 0/0."),
        ];
    }

    private async Task<IReadOnlyList<Finding>> RoomsAsync(CancellationToken cancellationToken)
    {
        var reader = await readers.OpenAsync(cancellationToken);
        List<Finding> findings = [];
        foreach (var (room, name) in Rooms())
        {
            if (await ObstacleAsync(reader, room, cancellationToken) is { } obstacle)
            {
                findings.Add(Finding.Problem($"{name}: {obstacle}"));
            }
        }

        return findings.Count == 0 ? [Finding.Good("The bot may invite to every room on offer.")] : findings;
    }

    private IEnumerable<(RoomId Room, string Name)> Rooms()
    {
        var rooms = options.Value.ManagedRooms.Select(room => (room.Id, room.Name));
        return options.Value.SpaceRoomId is { Length: > 0 } space ? rooms.Append((new RoomId(space), "The space")) : rooms;
    }

    private async Task<string?> ObstacleAsync(RoomReader reader, RoomId room, CancellationToken cancellationToken)
    {
        var chain = await reader.FollowAsync(room, cancellationToken);
        return chain switch
        {
            { Exists: false } => "there is no such room. Correct its id in the section Matrix.",
            { Upgrade: RoomUpgrade.Unproven or RoomUpgrade.Endless } => "it was replaced by a room that does not name it as its predecessor. Name the new one in the section Matrix.",
            _ when !reader.BotIsIn(chain.Last) => "the bot is not in it. Invite the bot and let it join.",
            _ when !await reader.MayInviteAsync(chain.Last, Bot, cancellationToken) => "the bot may not invite there. Give it the power level that inviting takes.",
            _ => null,
        };
    }
}
