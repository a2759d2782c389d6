using System.Net.Http.Json;
using System.Text.Json;
using Companion.Community.Directory;
using Companion.Foundation.Kernel;
using Companion.Journey.Invites;
using Companion.Journey.Onboarding;
using Microsoft.Extensions.DependencyInjection;
using StandIns.Homeserver;

namespace Companion.IntegrationTests.Journey.Onboarding;

public sealed class OnboardingTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_newcomer_ends_in_groups_and_rooms_is_welcomed_and_the_inviter_is_told_once()
    {
        await using var lab = await OnboardingScene.StartAsync(postgres);
        lab.Host.IdentityProvider.AddMember("anna");
        var id = await lab.BeginAsync("anna");
        await lab.WorkAsync();
        (await lab.StateAsync(id)).Status.ShouldBe(OnboardingStatus.Completed);
        foreach (var room in lab.Rooms)
        {
            (await lab.MembershipAsync("anna", room)).ShouldBe("join");
        }

        (await lab.NoticesAsync(id)).ShouldBe(["alice joined"]);
        var events = await lab.EventsAsync(id);
        events.Count(type => type == "room_joined").ShouldBe(2);
        events.Count(type => type == "welcome_sent").ShouldBe(1);
        events[^1].ShouldBe("onboarding_completed");
        (await InviterSeesAsync(lab)).ShouldBe(events.Count);
    }

    [Fact]
    public async Task The_newcomer_sees_memberships_and_rooms()
    {
        await using var lab = await OnboardingScene.StartAsync(postgres);
        lab.Host.IdentityProvider.AddMember("anna");
        await lab.BeginAsync("anna");
        using var anna = lab.Host.ClientOf("anna");
        (await RoomStatesAsync(anna)).ShouldBe([("Room 0", "pending"), ("Room 1", "pending")]);
        await lab.WorkAsync();
        (await RoomStatesAsync(anna)).ShouldBe([("Room 0", "joined"), ("Room 1", "joined")]);
        using var alice = lab.Host.ClientOf("alice");
        (await alice.GetAsync("/api/v1/welcome", OnboardingScene.Stop)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_invite_has_one_onboarding_however_often_it_is_started()
    {
        await using var lab = await OnboardingScene.StartAsync(postgres);
        lab.Host.IdentityProvider.AddMember("anna");
        InviteId invite = new(Guid.NewGuid());
        var id = await lab.BeginAsync("anna", of: invite);
        await lab.BeginAsync("anna", of: invite);
        (await lab.EventsAsync(id)).ShouldBe(["onboarding_started"]);
    }

    [Fact]
    public async Task Missing_memberships_are_granted()
    {
        await using var lab = await OnboardingScene.StartAsync(postgres);
        lab.Host.IdentityProvider.Put(lab.Host.IdentityProvider.AddMember("anna") with { Memberships = new HashSet<Membership>() });
        await lab.BeginAsync("anna");
        await lab.WorkAsync();
        lab.Host.IdentityProvider.Grants.ShouldHaveSingleItem().Memberships.ShouldBe([new Membership(null, "/members")]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_happens_before_a_human_approved_even_when_the_fact_is_lost(bool factArrives)
    {
        await using var lab = await OnboardingScene.StartAsync(postgres);
        var anna = lab.Host.IdentityProvider.Put(lab.Host.IdentityProvider.AddMember("anna") with { Approval = "pending" });
        InviteId invite = new(Guid.NewGuid());
        var id = await lab.BeginAsync("anna", awaitingApproval: true, of: invite);
        await lab.WorkAsync();
        (await lab.Chat.AccountOfAsync("anna")).ShouldBeNull();
        (await lab.EventsAsync(id)).ShouldBe(["onboarding_started"]);

        lab.Host.IdentityProvider.Put(anna with { Approval = "approved" });
        if (factArrives)
        {
            await lab.RunAsync((unit, ct) => lab.Host.Services.GetRequiredService<IOnboarding>().SettleAsync(unit, invite, anna.Id, true, null, ct));
            await lab.WorkAsync();
        }
        else
        {
            await lab.LaterAsync(TimeSpan.FromMinutes(20));
            await lab.LaterAsync(TimeSpan.FromMinutes(1));
        }

        (await lab.StateAsync(id)).Status.ShouldBe(OnboardingStatus.Completed);
    }

    [Fact]
    public async Task A_denied_newcomer_gets_nothing()
    {
        await using var lab = await OnboardingScene.StartAsync(postgres);
        lab.Host.IdentityProvider.Put(lab.Host.IdentityProvider.AddMember("anna") with { Approval = "denied" });
        var id = await lab.BeginAsync("anna", awaitingApproval: true);
        await lab.WorkAsync();
        await lab.LaterAsync(TimeSpan.FromMinutes(1));
        (await lab.StateAsync(id)).Status.ShouldBe(OnboardingStatus.Denied);
        (await lab.Chat.AccountOfAsync("anna")).ShouldBeNull();
    }

    [Fact]
    public async Task An_account_that_is_gone_ends_it()
    {
        await using var lab = await OnboardingScene.StartAsync(postgres);
        var id = await lab.BeginAsync("nobody");
        await lab.WorkAsync();
        (await lab.StateAsync(id)).Status.ShouldBe(OnboardingStatus.Cancelled);
    }

    [Theory]
    [InlineData("POST", "/v1/join/", HomeserverFault.Limited)]
    [InlineData("POST", "/v1/join/", HomeserverFault.Broken)]
    [InlineData("POST", "/v1/join/", HomeserverFault.LostAnswer)]
    [InlineData("PUT", "/v2/users/", HomeserverFault.LostAnswer)]
    [InlineData("POST", "/createRoom", HomeserverFault.LostAnswer)]
    [InlineData("PUT", "/send/m.room.message/", HomeserverFault.LostAnswer)]
    [InlineData("GET", "/joined_rooms", HomeserverFault.UnknownToken)]
    public async Task Whatever_fails_once_is_done_in_the_end_and_done_once(string method, string path, HomeserverFault fault)
    {
        await using var lab = await OnboardingScene.StartAsync(postgres);
        lab.Host.IdentityProvider.AddMember("anna");
        var id = await lab.BeginAsync("anna");
        lab.Homeserver.Server.Faults.Next(method, path, fault);
        await lab.WorkAsync();
        await lab.LaterAsync(TimeSpan.FromMinutes(20));
        (await lab.StateAsync(id)).Status.ShouldBe(OnboardingStatus.Completed);
        var anna = (await lab.Chat.AccountOfAsync("anna"))!;
        var memberships = await lab.Chat.MembershipsAsync(anna);
        memberships.Count.ShouldBe(3, "two rooms and one direct room");
        var direct = memberships.Keys.Except(lab.Rooms.Select(room => room.Value)).ShouldHaveSingleItem();
        (await lab.Chat.MessagesAsync(new RoomId(direct))).Count.ShouldBe(1);
        (await lab.NoticesAsync(id)).ShouldBe(["alice joined"]);
    }

    [Fact]
    public async Task Outages_wait_for_days_and_lose_nothing()
    {
        await using var lab = await OnboardingScene.StartAsync(postgres);
        lab.Host.IdentityProvider.AddMember("anna");
        var id = await lab.BeginAsync("anna");
        lab.Host.IdentityProvider.Failure = new IdentityProviderException("unreachable", isTransient: true);
        await lab.WorkAsync();
        for (var hours = 0; hours < 72; hours++)
        {
            await lab.LaterAsync(TimeSpan.FromHours(1));
        }

        (await lab.StateAsync(id)).Granting.Code.ShouldBe("identity_provider_unreachable");
        lab.Host.IdentityProvider.Failure = null;
        await lab.LaterAsync(TimeSpan.FromHours(1));
        var state = await lab.StateAsync(id);
        state.Status.ShouldBe(OnboardingStatus.Completed, state.ToString());
    }

    [Fact]
    public async Task A_member_is_invited_and_told_and_the_inviter_sees_nothing()
    {
        await using var lab = await OnboardingScene.StartAsync(postgres);
        lab.Host.IdentityProvider.AddMember("ben");
        var ben = await lab.Homeserver.RegisterAsync("ben", admin: false);
        await lab.Chat.LinkAsync(ben.UserId, "ben");
        var id = await lab.BeginAsync("ben", OnboardingKind.Member);
        await lab.WorkAsync();
        (await lab.StateAsync(id)).Status.ShouldBe(OnboardingStatus.Completed);
        (await lab.MembershipAsync("ben", lab.Rooms[0])).ShouldBe("invite");
        (await lab.NoticesAsync(id)).ShouldBe(["ben member-added"]);
        (await InviterSeesAsync(lab)).ShouldBe(0);
    }

    [Fact]
    public async Task A_member_whose_address_was_never_confirmed_gets_nothing_before_it_is()
    {
        await using var lab = await OnboardingScene.StartAsync(postgres);
        var ben = lab.Host.IdentityProvider.Put(
            lab.Host.IdentityProvider.AddMember("ben") with { AddressVerified = false, Memberships = new HashSet<Membership>() });
        await lab.Chat.LinkAsync((await lab.Homeserver.RegisterAsync("ben", admin: false)).UserId, "ben");
        var id = await lab.BeginAsync("ben", OnboardingKind.Member);
        await lab.WorkAsync();
        await lab.LaterAsync(TimeSpan.FromHours(3));

        lab.Host.IdentityProvider.Grants.ShouldBeEmpty();
        lab.Host.IdentityProvider.Verifications.ShouldNotBeEmpty();
        (await lab.MembershipAsync("ben", lab.Rooms[0])).ShouldBeNull();
        (await lab.NoticesAsync(id)).ShouldBeEmpty();

        lab.Host.IdentityProvider.Put(ben with { AddressVerified = true });
        await lab.LaterAsync(TimeSpan.FromHours(2));
        (await lab.StateAsync(id)).Status.ShouldBe(OnboardingStatus.Completed);
        lab.Host.IdentityProvider.Grants.Count.ShouldBe(1);
        (await lab.MembershipAsync("ben", lab.Rooms[0])).ShouldBe("invite");
        (await lab.NoticesAsync(id)).ShouldBe(["ben member-added"]);
    }

    [Fact]
    public async Task After_a_month_without_confirmation_nothing_is_waited_for_any_more()
    {
        await using var lab = await OnboardingScene.StartAsync(postgres);
        lab.Host.IdentityProvider.Put(lab.Host.IdentityProvider.AddMember("ben") with { AddressVerified = false });
        var id = await lab.BeginAsync("ben", OnboardingKind.Member);
        await lab.WorkAsync();
        await lab.LaterAsync(TimeSpan.FromDays(31));

        (await lab.StateAsync(id)).Status.ShouldBe(OnboardingStatus.Cancelled);
    }

    [Fact]
    public async Task A_room_that_the_newcomer_chose_needs_no_inviter_in_it()
    {
        await using var lab = await OnboardingScene.StartAsync(postgres);
        lab.Host.IdentityProvider.AddMember("anna");
        await lab.Chat.LeaveAsync(lab.Chat.Owner, lab.Rooms[0]);
        await lab.Chat.LeaveAsync(lab.Chat.Owner, lab.Rooms[1]);
        var id = await lab.BeginAsync("anna", chosen: lab.Rooms[1]);
        await lab.WorkAsync();

        (await lab.StateAsync(id)).Rooms.Select(room => (room.Status, room.Code)).ShouldBe([(RoomStatus.Skipped, "inviter_not_in_room"), (RoomStatus.Joined, null)]);
    }

    [Fact]
    public async Task An_inviter_who_is_gone_brings_nobody_into_rooms()
    {
        await using var lab = await OnboardingScene.StartAsync(postgres);
        lab.Host.IdentityProvider.AddMember("anna");
        lab.Host.IdentityProvider.Put(lab.Host.IdentityProvider.People[new AccountId("alice")] with { Enabled = false });
        var id = await lab.BeginAsync("anna");
        await lab.WorkAsync();
        (await lab.StateAsync(id)).Rooms.ShouldAllBe(room => room.Status == RoomStatus.Skipped && room.Code == "inviter_gone");
    }

    [Fact]
    public async Task Without_a_homeserver_it_completes_without_rooms()
    {
        await using var lab = await OnboardingScene.StartAsync(postgres, ("Matrix:BaseUrl", ""));
        lab.Host.IdentityProvider.AddMember("anna");
        var id = await lab.BeginAsync("anna");
        await lab.WorkAsync();
        (await lab.StateAsync(id)).Status.ShouldBe(OnboardingStatus.Completed);
        (await lab.StateAsync(id)).Rooms.ShouldAllBe(room => room.Code == "no_chat_server");
    }

    private static async Task<int> InviterSeesAsync(OnboardingScene lab) =>
        (await lab.RowsAsync("select type from companion.timeline_entry where inviter = 'alice' and @id is not null", default)).Count;

    private static async Task<List<(string?, string?)>> RoomStatesAsync(HttpClient client)
    {
        var answer = await client.GetFromJsonAsync<JsonElement>("/api/v1/welcome", OnboardingScene.Stop);
        return [.. answer.GetProperty("rooms").EnumerateArray().Select(r => (r.GetProperty("name").GetString(), r.GetProperty("status").GetString()))];
    }
}
