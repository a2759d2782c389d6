using System.Net;
using Companion.Adapters.Matrix;
using Companion.Community.Directory;
using Companion.Foundation.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Companion.IntegrationTests.Adapters.Matrix;

/// <summary>Whose chat account is whose, new ones, and the first message.</summary>
public abstract partial class ChatServerContract
{
    [Fact]
    public async Task An_account_is_made_before_the_first_sign_in()
    {
        var person = _identityProvider.AddMember(ChatScene.Unique("Zoë.")) with { DisplayName = "Zoë Example" };
        (await Chat().FindAccountAsync(person, true, DateTimeOffset.UtcNow, Stop)).ShouldBe(new ChatAccountAnswer(StepStatus.Done));
        var chatAccount = await Lab.AccountOfAsync(person.Id.Value);
        chatAccount.ShouldBe($"@{Localpart.From(person.Username)}:{homeserver.ServerName}");
        var user = await Lab.AdminAsync(HttpMethod.Get, $"v2/users/{ChatScene.Escape(chatAccount!)}");
        user.GetProperty("displayname").GetString().ShouldBe("Zoë Example");
    }

    [Fact]
    public async Task A_name_that_is_taken_gets_a_digit_and_nobody_elses_account_is_touched()
    {
        var name = ChatScene.Unique("carol");
        var taken = await homeserver.RegisterAsync(name, admin: false);
        var person = _identityProvider.AddMember(name);
        await Chat().FindAccountAsync(person, true, DateTimeOffset.UtcNow, Stop);
        (await Lab.AccountOfAsync(person.Id.Value)).ShouldBe($"@{name}2:{homeserver.ServerName}");
        (await Lab.AdminAsync(HttpMethod.Get, $"v2/users/{ChatScene.Escape(taken.UserId)}")).GetProperty("external_ids").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task An_account_under_another_name_is_found_by_its_link()
    {
        var person = _identityProvider.AddMember(ChatScene.Unique("bob"));
        var other = await homeserver.RegisterAsync(ChatScene.Unique("newcomer"), admin: false);
        await Lab.LinkAsync(other.UserId, person.Id.Value);
        (await Chat().FindAccountAsync(person, true, DateTimeOffset.UtcNow, Stop)).Status.ShouldBe(StepStatus.Done);
        (await Lab.AccountOfAsync(person.Id.Value)).ShouldBe(other.UserId);
    }

    [Fact]
    public async Task A_refused_link_leaves_no_usable_account_behind()
    {
        var person = _identityProvider.AddMember(ChatScene.Unique("dora"));
        var linked = await homeserver.RegisterAsync(ChatScene.Unique("linked"), admin: false);
        await Lab.LinkAsync(linked.UserId, person.Id.Value);
        var accounts = Companion([]).GetRequiredService<ChatAccounts>();
        (await accounts.CreateAsync(person, Stop)).Id.Value.ShouldBe(linked.UserId);
        var orphan = await Lab.AdminAsync(HttpMethod.Get, $"v2/users/{ChatScene.Escape($"@{person.Username}:{homeserver.ServerName}")}");
        orphan.GetProperty("deactivated").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Who_waits_gets_no_account_made()
    {
        var person = _identityProvider.AddMember(ChatScene.Unique("eve"));
        var waiting = Companion([], ("AccountPolicy", "Wait")).GetRequiredService<IChatServer>();
        var notYet = new ChatAccountAnswer(StepStatus.Stuck, "account_not_there_yet");
        (await waiting.FindAccountAsync(person, true, DateTimeOffset.UtcNow, Stop)).ShouldBe(notYet);
        (await Chat().FindAccountAsync(person, false, DateTimeOffset.UtcNow, Stop)).ShouldBe(notYet, "a member did not ask for one");
        (await waiting.FindAccountAsync(person, true, DateTimeOffset.UtcNow.AddDays(-31), Stop))
            .ShouldBe(new ChatAccountAnswer(StepStatus.Unavailable, "account_never_came"));
        (await Lab.AccountOfAsync(person.Id.Value)).ShouldBeNull();
    }

    [Fact]
    public async Task The_welcome_message_is_sent_once()
    {
        var (person, login) = await NewcomerAsync();
        OnboardingId onboarding = new(Guid.NewGuid());
        var chat = Chat();
        (await chat.WelcomeAsync(person, onboarding, Stop)).ShouldBeNull();
        (await chat.WelcomeAsync(person, onboarding, Stop)).ShouldBeNull();
        var room = (await Lab.MembershipsAsync(login.UserId)).ShouldHaveSingleItem();
        room.Value.ShouldBe("invite");
        (await Lab.MessagesAsync(new(room.Key))).ShouldBe(["Good to have you here."]);
        var direct = await Lab.CallAsync(Lab.Bot, HttpMethod.Get, $"user/{ChatScene.Escape(Lab.Bot.UserId)}/account_data/m.direct", null);
        direct.GetProperty(login.UserId).EnumerateArray().Select(r => r.GetString()).ShouldBe([room.Key]);
    }

    [Fact]
    public async Task A_direct_room_that_a_crash_left_behind_is_used()
    {
        var (person, login) = await NewcomerAsync();
        OnboardingId onboarding = new(Guid.NewGuid());
        var services = Companion([]);
        var room = await services.GetRequiredService<MatrixClient>().CreateRoomAsync(
            new CreateRoomBody("private_chat", true, [], [new InitialState(DirectMessages.MarkerType, onboarding.ToString(), new MarkerContent("welcome"))]),
            Stop);
        await services.GetRequiredService<IChatServer>().WelcomeAsync(person, onboarding, Stop);
        (await Lab.MembershipsAsync(login.UserId)).ShouldBe([KeyValuePair.Create(room.Value, "invite")]);
        (await Lab.MessagesAsync(room)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Two_replicas_that_write_to_different_people_at_once_lose_no_direct_room()
    {
        var people = new List<(Person Person, ChatLogin Login)>();
        for (var i = 0; i < 6; i++)
        {
            people.Add(await NewcomerAsync());
        }

        IChatServer[] replicas = [Chat(), Chat()];
        await Task.WhenAll(people.Select((newcomer, i) => replicas[i % 2].WelcomeAsync(newcomer.Person, new OnboardingId(Guid.NewGuid()), Stop)));
        var direct = await Lab.CallAsync(Lab.Bot, HttpMethod.Get, $"user/{ChatScene.Escape(Lab.Bot.UserId)}/account_data/m.direct", null);
        direct.EnumerateObject().Select(entry => entry.Name).ShouldBe(people.Select(newcomer => newcomer.Login.UserId), ignoreOrder: true);
    }

    [Fact]
    public async Task Who_is_shut_out_has_no_session_and_no_room_and_can_not_come_back()
    {
        var (room, asked) = (await Lab.RoomAsync(), await Lab.RoomAsync());
        var (person, login) = await NewcomerAsync();
        await Lab.InviteAsync(Lab.Owner, room, login.UserId);
        await Lab.JoinAsync(login, room);
        await Lab.InviteAsync(Lab.Owner, asked, login.UserId);
        (await Lab.SessionAsync(login)).ShouldBe(HttpStatusCode.OK);
        var chat = Chat();

        (await chat.CloseAccountAsync(person.Id, Stop)).ShouldBe(ChatClosing.Closed);
        (await chat.CloseAccountAsync(person.Id, Stop)).ShouldBe(ChatClosing.Closed);

        (await Lab.SessionAsync(login)).ShouldBe(HttpStatusCode.Unauthorized);
        var user = await Lab.AdminAsync(HttpMethod.Get, $"v2/users/{ChatScene.Escape(login.UserId)}");
        user.GetProperty("deactivated").GetBoolean().ShouldBeTrue();
        (await Lab.AccountOfAsync(person.Id.Value)).ShouldBe(login.UserId, "a sign-in finds the shut account and makes no other");
        await Eventually.HoldsAsync(async () => (await Lab.MembershipsAsync(login.UserId)).Values.All(membership => membership == "leave"));
    }

    [Fact]
    public async Task Who_has_no_chat_account_or_one_of_another_server_has_nothing_that_can_be_shut_here()
    {
        var person = _identityProvider.AddMember(ChatScene.Unique("nobody"));
        (await Chat().CloseAccountAsync(person.Id, Stop)).ShouldBe(ChatClosing.NotThere);
        _connections.Proved[person.Id] = new MatrixUserId("@nobody:elsewhere.example");
        (await Chat().CloseAccountAsync(person.Id, Stop)).ShouldBe(ChatClosing.OutOfReach);
    }

    [Fact]
    public async Task Without_the_admin_api_nobody_is_shut_out_and_that_is_told()
    {
        var (person, login) = await NewcomerAsync();
        var chat = Companion([], ("AdminToken", ""), ("AccountPolicy", "Wait")).GetRequiredService<IChatServer>();
        (await chat.CloseAccountAsync(person.Id, Stop)).ShouldBe(ChatClosing.OutOfReach);
        (await Lab.SessionAsync(login)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_unknown_token_is_the_operators_to_repair()
    {
        var (person, _) = await NewcomerAsync();
        var chat = Companion([], ("AccessToken", "unknown"), ("AdminToken", "unknown")).GetRequiredService<IChatServer>();
        var failure = await Should.ThrowAsync<ChatServerException>(() => chat.FindAccountAsync(person, true, DateTimeOffset.UtcNow, Stop));
        (failure.Code, failure.Fault).ShouldBe(("chat_credentials_rejected", ChatFault.Setup));
    }
}
