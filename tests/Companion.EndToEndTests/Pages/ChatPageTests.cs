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
}

public sealed class RealChatPageTests(RealWorld world, Chromium chromium) : ChatPageTests(world, chromium);

public sealed class StandInChatPageTests(StandInWorld world, Chromium chromium) : ChatPageTests(world, chromium);
