using System.Text.RegularExpressions;
using Sandbox.Worlds;
using static Microsoft.Playwright.Assertions;

namespace Companion.EndToEndTests.Pages;

public abstract class ChatPageTests(WorldFixture world, Chromium chromium) : PageTest(world, chromium)
{
    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    public async Task It_can_be_used_by_everybody_in_light_and_dark_and_on_a_phone(string language)
    {
        var console = await OpenAsync(World.Community.Paul, "chat", language);
        var id = console.TextField("chat.matrixId");
        await id.FillAsync("paul");
        await console.Button(console.Texts["chat.sendCode"]).ClickAsync();
        await console.SeeAsync(console.Texts["problem.matrix_id_malformed"]);
        await Expect(id).ToHaveValueAsync("paul");
        await console.LookAsync("chat");
    }

    [Fact]
    public async Task The_bots_code_connects_a_chat_account_that_is_the_persons_until_it_is_let_go()
    {
        var paul = World.Community.Paul;
        var chat = await World.Synapse.RegisterAsync(NewAddress().Split('@')[0], false, Ct);
        var console = await OpenAsync(paul, "chat");
        await console.TextField("chat.matrixId").FillAsync(chat.UserId);
        await console.Button(console.Texts["chat.sendCode"]).ClickAsync();
        var code = console.TextField("chat.code");
        await code.FillAsync("0000 0000");
        await console.LookAsync("chat-code");
        await console.Button(console.Texts["chat.confirm"]).ClickAsync();
        await console.SeeAsync(console.Texts["problem.code_wrong"]);

        await code.FillAsync(await CodeForAsync(chat.UserId));
        await console.Button(console.Texts["chat.confirm"]).ClickAsync();
        await console.SeeAsync(console.Texts.Filled("chat.connected", ("matrixId", chat.UserId)));
        (await OffersAsync()).ShouldBe("connected");
        await console.LookAsync("chat-connected");

        await console.Button(console.Texts["chat.disconnect"]).ClickAsync();
        await Expect(console.TextField("chat.matrixId")).ToBeVisibleAsync();
        (await OffersAsync()).ShouldBe("not_connected");
    }

    private async Task<string> CodeForAsync(string chatAccount)
    {
        var room = (await Chat.SharedBesidesAsync(Rooms, chatAccount, Ct)).ShouldHaveSingleItem();
        return Regex.Match((await Chat.MessagesAsync(room, Ct)).ShouldHaveSingleItem(), "[0-9]{4} [0-9]{4}").Value;
    }

    /// <summary>What inviting says of Paul's chat account.</summary>
    private async Task<string?> OffersAsync()
    {
        var member = Use(await Sandbox.People.Member.SignInAsync(World, World.Community.Paul, Ct));
        return (await member.GetAsync("/api/v1/invite-options", Ct)).GetProperty("chat").GetString();
    }
}

public sealed class RealChatPageTests(RealWorld world, Chromium chromium) : ChatPageTests(world, chromium);

[Trait("Run", "Nightly")]
public sealed class StandInChatPageTests(StandInWorld world, Chromium chromium) : ChatPageTests(world, chromium);
