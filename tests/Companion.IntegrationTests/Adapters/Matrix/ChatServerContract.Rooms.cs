using Companion.Community.Directory;
using Companion.Foundation.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Companion.IntegrationTests.Adapters.Matrix;

/// <summary>Bringing people into rooms, and what may stand in the way.</summary>
public abstract partial class ChatServerContract
{
    [Fact]
    public async Task A_newcomer_is_joined_to_a_private_room()
    {
        var room = await Lab.RoomAsync();
        var (person, login) = await NewcomerAsync();
        (await EnterAsync(Chat(room), person, room)).ShouldBe(new RoomAnswer(RoomStatus.Joined));
        (await Lab.MembershipAsync(room, login.UserId)).ShouldBe("join");
    }

    [Theory]
    [InlineData("12", "public_chat")]
    [InlineData("11", "private_chat")]
    public async Task A_newcomer_is_joined_to_rooms_of_other_kinds(string version, string preset)
    {
        var room = await Lab.RoomAsync(version: version, preset: preset);
        var (person, login) = await NewcomerAsync();
        (await EnterAsync(Chat(room), person, room)).Status.ShouldBe(RoomStatus.Joined);
        (await Lab.MembershipAsync(room, login.UserId)).ShouldBe("join");
    }

    [Fact]
    public async Task Entering_again_is_success_without_an_act()
    {
        var room = await Lab.RoomAsync();
        var (person, _) = await NewcomerAsync();
        var chat = Chat(room);
        await EnterAsync(chat, person, room);
        (await EnterAsync(chat, person, room)).ShouldBe(new RoomAnswer(RoomStatus.Joined));
    }

    [Fact]
    public async Task A_newcomer_who_was_invited_before_is_joined()
    {
        var room = await Lab.RoomAsync();
        var (person, login) = await NewcomerAsync();
        await Lab.InviteAsync(Lab.Owner, room, login.UserId);
        (await EnterAsync(Chat(room), person, room)).Status.ShouldBe(RoomStatus.Joined);
    }

    [Fact]
    public async Task A_member_is_invited_and_never_joined_by_force()
    {
        var room = await Lab.RoomAsync();
        var (person, login) = await NewcomerAsync();
        var chat = Chat(room);
        (await EnterAsync(chat, person, room, OnboardingKind.Member)).ShouldBe(new RoomAnswer(RoomStatus.Invited));
        (await EnterAsync(chat, person, room, OnboardingKind.Member)).ShouldBe(new RoomAnswer(RoomStatus.Invited));
        (await Lab.MembershipAsync(room, login.UserId)).ShouldBe("invite");
    }

    [Fact]
    public async Task Who_left_is_not_dragged_back()
    {
        var room = await Lab.RoomAsync();
        var (person, login) = await NewcomerAsync();
        await Lab.InviteAsync(Lab.Owner, room, login.UserId);
        await Lab.JoinAsync(login, room);
        await Lab.LeaveAsync(login, room);
        (await EnterAsync(Chat(room), person, room)).ShouldBe(new RoomAnswer(RoomStatus.Declined, "left"));
        (await Lab.MembershipAsync(room, login.UserId)).ShouldBe("leave");
    }

    [Fact]
    public async Task Who_declined_is_not_asked_again()
    {
        var room = await Lab.RoomAsync();
        var (person, login) = await NewcomerAsync();
        await Lab.InviteAsync(Lab.Owner, room, login.UserId);
        await Lab.LeaveAsync(login, room);
        (await EnterAsync(Chat(room), person, room)).ShouldBe(new RoomAnswer(RoomStatus.Declined, "declined"));
        (await Lab.MembershipAsync(room, login.UserId)).ShouldBe("leave");
    }

    [Fact]
    public async Task Who_was_removed_is_not_brought_back()
    {
        var room = await Lab.RoomAsync();
        var (person, login) = await NewcomerAsync();
        await Lab.InviteAsync(Lab.Owner, room, login.UserId);
        await Lab.JoinAsync(login, room);
        await Lab.KickAsync(room, login.UserId);
        (await EnterAsync(Chat(room), person, room)).ShouldBe(new RoomAnswer(RoomStatus.Declined, "removed"));
        (await Lab.MembershipAsync(room, login.UserId)).ShouldBe("leave");
    }

    [Fact]
    public async Task Who_is_banned_stays_banned()
    {
        var room = await Lab.RoomAsync();
        var (person, login) = await NewcomerAsync();
        await Lab.BanAsync(room, login.UserId);
        (await EnterAsync(Chat(room), person, room)).ShouldBe(new RoomAnswer(RoomStatus.Blocked, "banned"));
        (await Lab.MembershipAsync(room, login.UserId)).ShouldBe("ban");
    }

    [Theory]
    [InlineData("deactivated", RoomStatus.Blocked, "account_deactivated")]
    [InlineData("locked", RoomStatus.Parked, "account_locked")]
    [InlineData("suspended", RoomStatus.Parked, "account_suspended")]
    [InlineData("shadow_banned", RoomStatus.Blocked, "account_shadow_banned")]
    public async Task An_account_that_is_shut_is_not_joined(string flag, RoomStatus status, string code)
    {
        var room = await Lab.RoomAsync();
        var (person, login) = await NewcomerAsync();
        var user = ChatScene.Escape(login.UserId);
        await (flag switch
        {
            "suspended" => Lab.AdminAsync(HttpMethod.Put, $"v1/suspend/{user}", new { suspend = true }),
            "shadow_banned" => Lab.AdminAsync(HttpMethod.Post, $"v1/users/{user}/shadow_ban", new { }),
            _ => Lab.AdminAsync(HttpMethod.Put, $"v2/users/{user}", new Dictionary<string, bool> { [flag] = true }),
        });
        (await EnterAsync(Chat(room), person, room)).ShouldBe(new RoomAnswer(status, code));
        (await Lab.MembershipAsync(room, login.UserId)).ShouldBeNull();
    }

    [Fact]
    public async Task A_bot_that_is_invited_joins_by_itself()
    {
        var room = await Lab.RoomAsync(botLevel: null);
        await Lab.InviteAsync(Lab.Owner, room, Lab.Bot.UserId);
        await Lab.SetStateAsync(Lab.Owner, room, "m.room.power_levels", new { invite = 50, users = new Dictionary<string, int> { [Lab.Bot.UserId] = 50 } });
        var (person, _) = await NewcomerAsync();
        (await EnterAsync(Chat(room), person, room)).Status.ShouldBe(RoomStatus.Joined);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public async Task A_bot_outside_or_without_power_is_raised(int? botLevel)
    {
        var room = await Lab.RoomAsync(botLevel);
        var (person, login) = await NewcomerAsync();
        (await EnterAsync(Chat(room), person, room)).ShouldBe(new RoomAnswer(RoomStatus.Joined));
        (await Lab.MembershipAsync(room, login.UserId)).ShouldBe("join");
    }

    [Theory]
    [InlineData(null, "bot_not_in_room")]
    [InlineData(0, "bot_lacks_power")]
    public async Task Where_rooms_are_not_repaired_the_room_is_parked(int? botLevel, string code)
    {
        var room = await Lab.RoomAsync(botLevel);
        var (person, login) = await NewcomerAsync();
        var chat = Companion([room], ("RepairRooms", "false")).GetRequiredService<IChatServer>();
        (await EnterAsync(chat, person, room)).ShouldBe(new RoomAnswer(RoomStatus.Parked, code));
        (await Lab.MembershipAsync(room, login.UserId)).ShouldBeNull();
    }

    [Fact]
    public async Task A_bot_that_was_banned_parks_the_room()
    {
        var room = await Lab.RoomAsync();
        await Lab.BanAsync(room, Lab.Bot.UserId);
        var (person, _) = await NewcomerAsync();
        (await EnterAsync(Chat(room), person, room)).ShouldBe(new RoomAnswer(RoomStatus.Parked, "bot_not_in_room"));
    }

    [Fact]
    public async Task An_upgraded_room_is_entered_where_it_went()
    {
        var room = await Lab.RoomAsync();
        var next = await Lab.UpgradeAsync(room);
        var (person, login) = await NewcomerAsync();
        (await EnterAsync(Chat(room), person, room)).ShouldBe(new RoomAnswer(RoomStatus.Joined, Into: next));
        (await Lab.MembershipAsync(next, login.UserId)).ShouldBe("join");
        (await Lab.MembershipAsync(room, login.UserId)).ShouldBeNull();
    }

    [Fact]
    public async Task A_tombstone_that_its_target_does_not_confirm_is_not_followed()
    {
        var room = await Lab.RoomAsync();
        var elsewhere = await Lab.RoomAsync();
        await Lab.SetStateAsync(Lab.Owner, room, "m.room.tombstone", new { body = "moved", replacement_room = elsewhere.Value });
        var (person, login) = await NewcomerAsync();
        (await EnterAsync(Chat(room), person, room)).ShouldBe(new RoomAnswer(RoomStatus.Parked, "upgrade_unproven"));
        (await Lab.MembershipAsync(elsewhere, login.UserId)).ShouldBeNull();
    }

    [Fact]
    public async Task A_room_that_proves_to_be_no_successor_once_the_bot_is_in_it_is_left_again()
    {
        var room = await Lab.RoomAsync();
        var elsewhere = await Lab.RoomAsync(botLevel: null, preset: "public_chat");
        await Lab.SetStateAsync(Lab.Owner, room, "m.room.tombstone", new { body = "moved", replacement_room = elsewhere.Value });
        var (person, login) = await NewcomerAsync();
        _connections.Proved[person.Id] = new MatrixUserId(login.UserId);
        _connections.Proved[Inviter.Id] = new MatrixUserId(Lab.Owner.UserId);
        var chat = Companion([room], ("AdminToken", ""), ("AccountPolicy", "Wait")).GetRequiredService<IChatServer>();
        (await EnterAsync(chat, person, room)).ShouldBe(new RoomAnswer(RoomStatus.Parked, "upgrade_unproven"));
        (await Lab.MembershipAsync(elsewhere, Lab.Bot.UserId)).ShouldBe("leave");
        (await Lab.MembershipAsync(elsewhere, login.UserId)).ShouldBeNull();
    }

    [Fact]
    public async Task A_chain_of_upgrades_without_an_end_is_parked()
    {
        var room = await Lab.RoomAsync();
        var last = room;
        for (var i = 0; i < 6; i++)
        {
            last = await Lab.UpgradeAsync(last);
        }

        var (person, login) = await NewcomerAsync();
        (await EnterAsync(Chat(room), person, room)).ShouldBe(new RoomAnswer(RoomStatus.Parked, "upgrade_endless"));
        (await Lab.MembershipAsync(last, login.UserId)).ShouldBeNull();
    }

    [Fact]
    public async Task A_room_that_the_server_does_not_know_is_parked()
    {
        RoomId room = new("!gone:" + homeserver.ServerName);
        var (person, _) = await NewcomerAsync();
        (await EnterAsync(Chat(room), person, room)).ShouldBe(new RoomAnswer(RoomStatus.Parked, "room_gone"));
    }

    [Fact]
    public async Task A_room_that_is_not_managed_is_skipped()
    {
        var room = await Lab.RoomAsync();
        var (person, login) = await NewcomerAsync();
        (await EnterAsync(Chat(), person, room)).ShouldBe(new RoomAnswer(RoomStatus.Skipped, "room_not_managed"));
        (await Lab.MembershipAsync(room, login.UserId)).ShouldBeNull();
    }

    [Fact]
    public async Task An_inviter_who_has_left_the_room_brings_nobody_in()
    {
        var room = await Lab.RoomAsync();
        await Lab.LeaveAsync(Lab.Owner, room);
        var (person, login) = await NewcomerAsync();
        (await EnterAsync(Chat(room), person, room)).ShouldBe(new RoomAnswer(RoomStatus.Skipped, "inviter_not_in_room"));
        (await Lab.MembershipAsync(room, login.UserId)).ShouldBeNull();
    }

    [Fact]
    public async Task Without_the_admin_api_people_are_invited_space_first()
    {
        var (room, space) = (await Lab.RoomAsync(), await Lab.RoomAsync());
        var (person, login) = await NewcomerAsync();
        var chat = Companion(
            [room], ("AdminToken", ""), ("AccountPolicy", "Wait"), ("SpaceRoomId", space.Value)).GetRequiredService<IChatServer>();
        _connections.Proved[person.Id] = new MatrixUserId(login.UserId);
        _connections.Proved[Inviter.Id] = new MatrixUserId(Lab.Owner.UserId);
        (await chat.EnterRoomAsync(person, Inviter, room, OnboardingKind.Newcomer, Stop)).ShouldBe(new RoomAnswer(RoomStatus.Invited));
        (await Lab.MembershipAsync(space, login.UserId)).ShouldBe("invite");
        (await Lab.MembershipAsync(room, login.UserId)).ShouldBe("invite");
        await Lab.LeaveAsync(login, room);
        (await chat.EnterRoomAsync(person, Inviter, room, OnboardingKind.Newcomer, Stop)).ShouldBe(new RoomAnswer(RoomStatus.Declined, "declined"));
    }

    [Fact]
    public async Task Rooms_on_offer_are_managed_joined_by_the_member_and_open_to_the_bot_and_the_others_say_what_is_missing()
    {
        var (offered, notIn, powerless) = (await Lab.RoomAsync(), await Lab.RoomAsync(), await Lab.RoomAsync(botLevel: 0));
        var upgraded = await Lab.RoomAsync();
        await Lab.LeaveAsync(Lab.Owner, notIn);
        var next = await Lab.UpgradeAsync(upgraded);
        var services = Companion([offered, notIn, powerless, upgraded]);
        var directory = services.GetRequiredService<IRoomDirectory>();
        var offers = await directory.OfferedToAsync(Inviter.Id, Stop);
        offers.Chat.ShouldBe(ChatStanding.Connected);
        offers.Rooms.ShouldBe(
        [
            new RoomOffer(offered, "Room 0", Members: 2),
            new RoomOffer(notIn, "Room 1", Obstacle: "not_joined"),
            new RoomOffer(powerless, "Room 2", Members: 2, Obstacle: "bot_cannot_invite"),
            new RoomOffer(next, "Room 3", Members: 1, Obstacle: "bot_cannot_invite"),
        ]);

        await Lab.InviteAsync(Lab.Owner, next, Lab.Bot.UserId);
        await Lab.JoinAsync(Lab.Bot, next);
        await Lab.SetStateAsync(Lab.Owner, next, "m.room.power_levels", new { invite = 50, users = new Dictionary<string, int> { [Lab.Bot.UserId] = 50 } });
        (await directory.OfferedToAsync(Inviter.Id, Stop)).Rooms.ShouldBe(offers.Rooms, "the answer is kept for a minute");
        (await Companion([upgraded]).GetRequiredService<IRoomDirectory>().OfferedToAsync(Inviter.Id, Stop)).Rooms
            .ShouldBe([new RoomOffer(next, "Room 0", Members: 2)]);
    }

    [Fact]
    public async Task A_room_on_offer_says_what_it_is_about_and_whether_it_is_encrypted_or_bridged()
    {
        var room = await Lab.RoomAsync();
        await Lab.SetStateAsync(Lab.Owner, room, "m.room.topic", new { topic = "Everything about boats" });
        await Lab.SetStateAsync(Lab.Owner, room, "m.room.encryption", new { algorithm = "m.megolm.v1.aes-sha2" });
        await Lab.SetStateAsync(Lab.Owner, room, "m.bridge", new { protocol = new { id = "signal" } });

        (await Companion([room]).GetRequiredService<IRoomDirectory>().OfferedToAsync(Inviter.Id, Stop)).Rooms
            .ShouldBe([new RoomOffer(room, "Room 0", "Everything about boats", Members: 2, IsEncrypted: true, IsBridged: true)]);
    }

    [Fact]
    public async Task To_somebody_whose_chat_account_is_not_known_no_room_is_offered()
    {
        var room = await Lab.RoomAsync();
        (await Companion([room]).GetRequiredService<IRoomDirectory>().OfferedToAsync(new AccountId("nobody"), Stop))
            .ShouldBe(new RoomOffers(ChatStanding.NotConnected, []));
    }
}
