using Companion.Community.Directory;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.IntegrationTests.Adapters.Matrix;
using Companion.Journey.Invites;
using Companion.Journey.Onboarding;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using State = Companion.Journey.Onboarding.Onboarding;

namespace Companion.IntegrationTests.Journey.Onboarding;

/// <summary>The real application on a real database, with a homeserver stand-in, and one inviter with rooms.</summary>
internal sealed class OnboardingScene : IAsyncDisposable
{
    private OnboardingScene(StandInHomeserver homeserver, ChatScene chat, RoomId[] rooms, CompanionHost host)
    {
        (Homeserver, Chat, Rooms, Host) = (homeserver, chat, rooms, host);
    }

    public StandInHomeserver Homeserver { get; }

    public ChatScene Chat { get; }

    public RoomId[] Rooms { get; }

    public CompanionHost Host { get; }

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<OnboardingScene> StartAsync(PostgresFixture postgres, params (string Key, string? Value)[] settings)
    {
        var homeserver = new StandInHomeserver();
        await homeserver.InitializeAsync();
        var chat = await new ChatScene(homeserver).PrepareAsync();
        RoomId[] rooms = [await chat.RoomAsync(), await chat.RoomAsync()];
        await chat.LinkAsync(chat.Owner.UserId, "alice");
        var host = await CompanionHost.StartAsync(postgres, configure =>
        {
            foreach (var (key, value) in Configuration(homeserver, chat, rooms).Concat(settings))
            {
                configure.Configuration[key] = value;
            }
        });
        host.IdentityProvider.AddMember("alice");
        host.Rooms.Offer("alice", [.. rooms.Select((room, i) => new RoomOffer(room, $"Room {i}"))]);
        return new OnboardingScene(homeserver, chat, rooms, host);
    }

    /// <summary>Starts the onboarding of an account as a redemption does.</summary>
    public async Task<OnboardingId> BeginAsync(
        string account, OnboardingKind kind = OnboardingKind.Newcomer, bool awaitingApproval = false, InviteId? of = null, RoomId? chosen = null)
    {
        var invite = of ?? new InviteId(Guid.NewGuid());
        var state = Invite.Initial with
        {
            Id = invite.Value,
            Inviter = new AccountId("alice"),
            Memberships = [new Membership(null, "/members")],
            Rooms = [.. Rooms.Where(room => room != chosen)],
            DefaultRooms = chosen is { } room ? [room] : [],
        };
        await RunAsync((unit, ct) => Host.Services.GetRequiredService<IOnboarding>().StartAsync(unit, state, new AccountId(account), kind, awaitingApproval, ct));
        return OnboardingId.Of(invite);
    }

    public Task RunAsync(Func<UnitOfWork, CancellationToken, Task> work) =>
        Host.Services.GetRequiredService<Transactions>().RunAsync(Guid.NewGuid(), work, Stop);

    public Task<int> WorkAsync() => Host.RunOutboxAsync(Stop);

    public async Task LaterAsync(TimeSpan later)
    {
        Host.Clock.Advance(later);
        await WorkAsync();
    }

    public Task<State> StateAsync(OnboardingId id) => Host.Services.GetRequiredService<Onboardings>().GetAsync(id.Value, Stop);

    public Task<List<string>> RowsAsync(string sql, OnboardingId id) => Host.Services.GetRequiredService<NpgsqlDataSource>()
        .QueryAsync(sql, reader => reader.GetString(0), [Param.Uuid("id", id.Value)], Stop);

    /// <summary>Types of the onboarding's events, in order.</summary>
    public Task<List<string>> EventsAsync(OnboardingId id) =>
        RowsAsync("select type from events.mt_events where stream_id = @id order by version", id);

    /// <summary>Receivers and templates of the notices that were handed to the delivery.</summary>
    public Task<List<string>> NoticesAsync(OnboardingId id) => RowsAsync(
        """
        select concat(payload ->> 'To', ' ', payload ->> 'Template') from companion.outbox_message
        where kind = 'notice_mail' and stream_id = @id
        """,
        id);

    public async Task<string?> MembershipAsync(string account, RoomId room) =>
        await Chat.AccountOfAsync(account) is { } chatAccount ? await Chat.MembershipAsync(room, chatAccount) : null;

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Chat.Dispose();
        await Homeserver.DisposeAsync();
    }

    private static IEnumerable<(string Key, string? Value)> Configuration(StandInHomeserver homeserver, ChatScene chat, RoomId[] rooms) =>
    [
        ("Matrix:BaseUrl", homeserver.BaseUrl),
        ("Matrix:ServerName", homeserver.ServerName),
        ("Matrix:BotUserId", chat.Bot.UserId),
        ("Matrix:AccessToken", chat.Bot.AccessToken),
        ("Matrix:AdminToken", chat.Bot.AccessToken),
        ("Matrix:WelcomeText", "Good to have you here."),
        .. rooms.SelectMany((room, i) => new (string, string?)[]
        {
            ($"Matrix:ManagedRooms:{i}:RoomId", room.Value),
            ($"Matrix:ManagedRooms:{i}:Name", $"Room {i}"),
        }),
    ];
}
