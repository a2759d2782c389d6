using System.Text.Json;
using Sandbox.Browsing;
using Sandbox.People;
using Sandbox.Synapse;
using Sandbox.Worlds;

namespace Companion.EndToEndTests;

/// <summary>A test in a world: invites somebody whose address nobody else uses, and looks at what became of it.</summary>
public abstract class WorldTest(WorldFixture fixture) : IAsyncLifetime
{
    private static int _people;
    private readonly List<IDisposable> _used = [];
    private bool _sawSynapse;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected World World { get; private set; } = null!;

    /// <summary>The chat server as its administrator sees it.</summary>
    protected MatrixSession Chat
    {
        get
        {
            _sawSynapse = true;
            return World.Bot;
        }
    }

    protected string[] Rooms => [.. World.Community.Rooms.Select(room => room.Id)];

    public virtual async ValueTask InitializeAsync() => World = await fixture.StartedAsync();

    public virtual ValueTask DisposeAsync()
    {
        _used.ForEach(thing => thing.Dispose());
        fixture.Ran(_sawSynapse);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected static string NewAddress() => $"person{Interlocked.Increment(ref _people)}@example.org";

    /// <summary>Keycloak's registration, as no companion would link to it.</summary>
    /// <param name="parameter">What follows the usual parameters, for example <c>&amp;invite=made-up</c>.</param>
    protected string RegistrationUrl(string parameter) =>
        $"{World.Keycloak.RealmUrl}/protocol/openid-connect/registrations?client_id=companion-join&response_type=code&scope=openid&code_challenge={new string('a', 43)}&code_challenge_method=S256"
            + $"&redirect_uri={Uri.EscapeDataString($"{World.Keycloak.RealmUrl}/account/")}{parameter}";

    protected async Task<Member> AliceAsync() => Use(await Member.SignInAsync(World, World.Community.Alice, Ct));

    /// <summary>Alice invites a new person, whose mail has come.</summary>
    protected async Task<Invited> InviteAsync(string? address = null)
    {
        var invitee = Use(new Invitee(World, address ?? NewAddress()));
        var alice = await AliceAsync();
        var invite = await alice.InviteAsync(
            new(invitee.Email, Community.Memberships, Rooms), Ct);
        return new(invitee, alice, invite, await invitee.ReceiveLinkAsync(Ct));
    }

    protected T Use<T>(T thing)
        where T : IDisposable
    {
        _used.Add(thing);
        return thing;
    }

    protected async Task<IReadOnlyList<JsonElement>> AccountsOfAsync(Invited invited) => await World.Admin.FindByEmailAsync(invited.Invitee.Email, Ct);

    /// <summary>The one account with the invited address; it carries the mark of the invite.</summary>
    protected async Task<string> OnlyAccountAsync(Invited invited)
    {
        var account = (await AccountsOfAsync(invited)).ShouldHaveSingleItem().GetProperty("id").GetString()!;
        (await World.Admin.FindByInviteAsync(invited.Invite, Ct)).ShouldHaveSingleItem().GetProperty("id").GetString().ShouldBe(account);
        return account;
    }

    /// <summary>Registers from a fresh look at the link and ends signed in.</summary>
    protected static async Task RegisterAsync(Invited invited)
    {
        var form = await invited.Invitee.ContinueAsync(invited.Link, Ct);
        ShouldBeSignedIn(await invited.Invitee.RegisterAsync(form, Ct));
    }

    protected static void ShouldBeSignedIn(Page page) => page.Parameter("code").ShouldNotBeNull($"the page says: {page.Text}");

    protected static Task ShouldBecomeAsync(Invited invited, string status) =>
        Eventually.BeTrueAsync($"the invitation is {status}", async () => await invited.Alice.StatusOfAsync(invited.Invite, Ct) == status, Ct);

    /// <summary>Waits until the account is, in the given way, in all three rooms.</summary>
    protected async Task ShouldBeInRoomsAsync(string account, string membership)
    {
        var user = await Eventually.SeeAsync("a chat account", () => Chat.FindByKeycloakAccountAsync(account, Ct), Ct);
        await Eventually.BeTrueAsync($"{membership} in three rooms", async () =>
        {
            var memberships = await Chat.MembershipsOfAsync(user, Ct);
            return Rooms.All(room => memberships.GetValueOrDefault(room) == membership);
        }, Ct);
    }

    /// <summary>The whole of what a redeemed invitation brings.</summary>
    protected async Task ShouldBeOnboardedAsync(Invited invited)
    {
        await ShouldBecomeAsync(invited, "redeemed");
        var account = await OnlyAccountAsync(invited);
        (await World.Admin.GroupsOfAsync(account, Ct)).ShouldBe([Community.Group]);
        (await World.Admin.OrganizationsOfAsync(account, Ct)).ShouldBe([Community.Organization]);
        await ShouldBeInRoomsAsync(account, "join");
    }
}

/// <summary>A person with an invitation from Alice in the mailbox.</summary>
public sealed record Invited(Invitee Invitee, Member Alice, string Invite, string Link);
