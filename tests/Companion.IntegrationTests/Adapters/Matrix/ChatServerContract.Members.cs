using Companion.Adapters.Matrix;
using Companion.Community.Directory;
using Companion.Foundation.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Companion.IntegrationTests.Adapters.Matrix;

public abstract partial class ChatServerContract
{
    private static readonly byte[] Jpeg = SampleJpeg.Of(64, 64);

    [Fact]
    public async Task A_code_is_sent_once_and_the_next_one_comes_to_the_same_room()
    {
        var person = _identityProvider.AddMember(ChatScene.Unique("fay"));
        var login = await homeserver.RegisterAsync(ChatScene.Unique("own"), admin: false);
        var chat = Companion([]).GetRequiredService<IMemberChat>();
        foreach (var (generation, text) in ((int, string)[])[(1, "first"), (1, "first"), (2, "second")])
        {
            (await chat.SendCodeAsync(person.Id, new MatrixUserId(login.UserId), generation, text, Stop)).ShouldBeTrue();
        }

        var room = (await Lab.MembershipsAsync(login.UserId)).ShouldHaveSingleItem();
        room.Value.ShouldBe("invite");
        (await Lab.MessagesAsync(new(room.Key))).ShouldBe(["second", "first"]);
    }

    [Fact]
    public async Task Who_left_the_bots_room_is_called_back_by_the_next_code()
    {
        var person = _identityProvider.AddMember(ChatScene.Unique("gil"));
        var login = await homeserver.RegisterAsync(ChatScene.Unique("own"), admin: false);
        var chat = Companion([]).GetRequiredService<IMemberChat>();
        await chat.SendCodeAsync(person.Id, new MatrixUserId(login.UserId), 1, "first", Stop);
        var room = new RoomId((await Lab.MembershipsAsync(login.UserId)).Single().Key);
        await Lab.JoinAsync(login, room);
        await Lab.LeaveAsync(login, room);
        await chat.SendCodeAsync(person.Id, new MatrixUserId(login.UserId), 2, "second", Stop);
        (await Lab.MembershipAsync(room, login.UserId)).ShouldBe("invite");
    }

    [Fact]
    public async Task The_chat_account_of_somebody_else_gets_no_code_and_counts_for_nobody()
    {
        var (_, login) = await NewcomerAsync();
        var thief = _identityProvider.AddMember(ChatScene.Unique("thief"));
        _connections.Proved[thief.Id] = new MatrixUserId(login.UserId);
        var services = Companion([]);
        (await services.GetRequiredService<IMemberChat>().SendCodeAsync(thief.Id, new MatrixUserId(login.UserId), 1, "code", Stop)).ShouldBeFalse();
        (await Lab.MembershipsAsync(login.UserId)).ShouldBeEmpty();
        (await services.GetRequiredService<ChatAccounts>().FindAsync(thief.Id, Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task A_proved_chat_account_is_used_where_sign_in_has_linked_none()
    {
        var person = _identityProvider.AddMember(ChatScene.Unique("hal"));
        var login = await homeserver.RegisterAsync(ChatScene.Unique("own"), admin: false);
        _connections.Proved[person.Id] = new MatrixUserId(login.UserId);
        var accounts = Companion([]).GetRequiredService<ChatAccounts>();
        (await accounts.FindAsync(person.Id, Stop)).ShouldBe(new ChatAccount(new MatrixUserId(login.UserId), AccountFlag.None));
        await Lab.AdminAsync(HttpMethod.Post, $"v1/deactivate/{ChatScene.Escape(login.UserId)}", new { erase = false });
        (await accounts.FindAsync(person.Id, Stop)).ShouldBe(new ChatAccount(new MatrixUserId(login.UserId), AccountFlag.Deactivated));
    }

    [Fact]
    public async Task A_proved_chat_account_of_another_server_is_invited_and_never_joined_by_force()
    {
        var room = await Lab.RoomAsync();
        var person = _identityProvider.AddMember(ChatScene.Unique("ivo"));
        MatrixUserId elsewhere = new($"@{person.Username}:elsewhere.invalid");
        _connections.Proved[person.Id] = elsewhere;
        var chat = Chat(room);
        try
        {
            (await EnterAsync(chat, person, room)).Status.ShouldBeOneOf(RoomStatus.Invited, RoomStatus.Parked);
        }
        catch (ChatServerException exception)
        {
            // A real server can't find elsewhere.invalid.
            exception.Fault.ShouldNotBe(ChatFault.Limit);
        }

        (await Lab.MembershipAsync(room, elsewhere.Value)).ShouldNotBe("join");
    }

    [Fact]
    public async Task A_picture_becomes_the_avatar_and_goes_again_unless_another_was_chosen()
    {
        var (person, login) = await NewcomerAsync();
        var chat = Companion([]).GetRequiredService<IMemberChat>();
        var shown = await chat.ShowAsync(person, Jpeg, null, Stop);
        shown.Given.ShouldNotBeNull().ShouldStartWith($"mxc://{homeserver.ServerName}/");
        (await AvatarAsync(login)).ShouldBe(shown.Given);

        (await chat.ShowAsync(person, null, "mxc://elsewhere/an-older-one", Stop)).ShouldBe(new AvatarAnswer(true));
        (await AvatarAsync(login)).ShouldBe(shown.Given);
        (await chat.ShowAsync(person, null, shown.Given, Stop)).ShouldBe(new AvatarAnswer(true));
        (await AvatarAsync(login)).ShouldBeNullOrEmpty();
    }

    [Fact]
    public async Task A_picture_waits_for_the_chat_account_and_is_nobodys_matter_without_the_admin_api()
    {
        var person = _identityProvider.AddMember(ChatScene.Unique("jan"));
        (await Companion([]).GetRequiredService<IMemberChat>().ShowAsync(person, Jpeg, null, Stop)).ShouldBe(new AvatarAnswer(false));
        (await Companion([], ("AdminToken", ""), ("AccountPolicy", "Wait")).GetRequiredService<IMemberChat>().ShowAsync(person, Jpeg, null, Stop))
            .ShouldBe(new AvatarAnswer(true));
    }

    private async Task<string?> AvatarAsync(ChatLogin login) =>
        (await Lab.AdminAsync(HttpMethod.Get, $"v2/users/{ChatScene.Escape(login.UserId)}")).GetProperty("avatar_url").GetString();
}
