using Companion.Matrix;
using Companion.Onboarding;
using Microsoft.Extensions.DependencyInjection;

namespace Companion.IntegrationTests.Matrix;

/// <summary>Whose chat account is whose, new ones, and the first message.</summary>
public abstract partial class ChatServerContract
{
    [Fact]
    public async Task An_account_is_made_before_the_first_sign_in()
    {
        var person = _identityProvider.AddMember(ChatLab.Unique("Zoë.")) with { DisplayName = "Zoë Example" };
        (await Chat().FindAccountAsync(person, true, DateTimeOffset.UtcNow, Stop)).ShouldBe(new ChatAccountAnswer(StepStatus.Done));
        var chatAccount = await Lab.AccountOfAsync(person.Id.Value);
        chatAccount.ShouldBe($"@{Localpart.From(person.Username)}:{homeserver.ServerName}");
        var user = await Lab.AdminAsync(HttpMethod.Get, $"v2/users/{ChatLab.Escape(chatAccount!)}");
        user.GetProperty("displayname").GetString().ShouldBe("Zoë Example");
    }

    [Fact]
    public async Task A_name_that_is_taken_gets_a_digit_and_nobody_elses_account_is_touched()
    {
        var name = ChatLab.Unique("carol");
        var taken = await homeserver.RegisterAsync(name, admin: false);
        var person = _identityProvider.AddMember(name);
        await Chat().FindAccountAsync(person, true, DateTimeOffset.UtcNow, Stop);
        (await Lab.AccountOfAsync(person.Id.Value)).ShouldBe($"@{name}2:{homeserver.ServerName}");
        (await Lab.AdminAsync(HttpMethod.Get, $"v2/users/{ChatLab.Escape(taken.UserId)}")).GetProperty("external_ids").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task An_account_under_another_name_is_found_by_its_link()
    {
        var person = _identityProvider.AddMember(ChatLab.Unique("bob"));
        var other = await homeserver.RegisterAsync(ChatLab.Unique("newcomer"), admin: false);
        await Lab.LinkAsync(other.UserId, person.Id.Value);
        (await Chat().FindAccountAsync(person, true, DateTimeOffset.UtcNow, Stop)).Status.ShouldBe(StepStatus.Done);
        (await Lab.AccountOfAsync(person.Id.Value)).ShouldBe(other.UserId);
    }

    [Fact]
    public async Task A_refused_link_leaves_no_usable_account_behind()
    {
        var person = _identityProvider.AddMember(ChatLab.Unique("dora"));
        var linked = await homeserver.RegisterAsync(ChatLab.Unique("linked"), admin: false);
        await Lab.LinkAsync(linked.UserId, person.Id.Value);
        var accounts = Companion([]).GetRequiredService<ChatAccounts>();
        (await accounts.CreateAsync(person, Stop)).Id.Value.ShouldBe(linked.UserId);
        var orphan = await Lab.AdminAsync(HttpMethod.Get, $"v2/users/{ChatLab.Escape($"@{person.Username}:{homeserver.ServerName}")}");
        orphan.GetProperty("deactivated").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Who_waits_gets_no_account_made()
    {
        var person = _identityProvider.AddMember(ChatLab.Unique("eve"));
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
        var direct = await Lab.CallAsync(Lab.Bot, HttpMethod.Get, $"user/{ChatLab.Escape(Lab.Bot.UserId)}/account_data/m.direct", null);
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
    public async Task An_unknown_token_is_the_operators_to_repair()
    {
        var (person, _) = await NewcomerAsync();
        var chat = Companion([], ("AccessToken", "unknown"), ("AdminToken", "unknown")).GetRequiredService<IChatServer>();
        var failure = await Should.ThrowAsync<ChatServerException>(() => chat.FindAccountAsync(person, true, DateTimeOffset.UtcNow, Stop));
        (failure.Code, failure.Fault).ShouldBe(("chat_credentials_rejected", ChatFault.Setup));
    }
}
