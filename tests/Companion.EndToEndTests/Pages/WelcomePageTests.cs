using Microsoft.Playwright;
using Sandbox.Worlds;
using static Microsoft.Playwright.Assertions;

namespace Companion.EndToEndTests.Pages;

public abstract class WelcomePageTests(WorldFixture world, Chromium chromium) : PageTest(world, chromium)
{
    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    public async Task Rooms_tick_in_by_themselves_for_a_newcomer_in_light_and_dark_and_on_a_phone(string language)
    {
        var invited = await InviteAsync();
        MemberConsole console;
        await World.Synapse.StopAsync();
        try
        {
            console = await JoinAsync(invited, language);
            await console.SeeAsync(console.Texts.Counted("welcome.rooms", 3, ("done", "0")));
            await console.LookAsync("welcome-waiting");
        }
        finally
        {
            await World.Synapse.StartAgainAsync(Ct);
        }

        await console.SeeAsync(console.Texts.Counted("welcome.roomsAll", 3));
        foreach (var room in World.Community.Rooms)
        {
            await Expect(console.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = room.Name }))
                .ToContainTextAsync(console.Texts["welcome.room.joined"]);
        }

        await console.SeeAsync(console.Texts.Filled("welcome.inviter", ("inviter", "Alice Ahlers")));
        await console.LookAsync("welcome");
        await ShouldBeOnboardedAsync(invited);
    }

    [Fact]
    public async Task A_newcomers_picture_becomes_the_claim_and_the_avatar_and_goes_again()
    {
        var invited = await InviteAsync();
        var console = await JoinAsync(invited, "en");
        var account = await OnlyAccountAsync(invited);
        // Any picture will do, so the page's own.
        await console.Page.Locator("input[type=file]").SetInputFilesAsync(
            new FilePayload { Name = "me.png", MimeType = "image/png", Buffer = await console.Page.TakePictureAsync() });
        await console.Button(console.Texts["welcome.picture.save"]).ClickAsync();
        var picture = console.Page.GetByRole(AriaRole.Img, new() { Name = console.Texts["welcome.picture.yours"], Exact = true });
        await Expect(picture).ToBeVisibleAsync();
        (await picture.EvaluateAsync<int>("image => image.decode().then(() => image.naturalWidth)")).ShouldBeInRange(1, 512);
        await console.LookAsync("welcome-picture");
        var url = await picture.GetAttributeAsync("src");
        await Eventually.BeTrueAsync("the picture is the account's", async () => await PictureOfAsync(account) == url, Ct);
        await ShouldBeOnboardedAsync(invited);
        var chat = await Chat.FindByKeycloakAccountAsync(account, Ct);
        await Eventually.BeTrueAsync("the picture is the avatar", async () => await Chat.AvatarOfAsync(chat!, Ct) is ['m', 'x', 'c', ..], Ct);

        await console.Button(console.Texts["welcome.picture.remove"]).ClickAsync();
        await Eventually.BeTrueAsync("the picture is gone", async () => await PictureOfAsync(account) is null, Ct);
        await Eventually.BeTrueAsync("the avatar is gone", async () => string.IsNullOrEmpty(await Chat.AvatarOfAsync(chat!, Ct)), Ct);
    }

    private async Task<string?> PictureOfAsync(string account) =>
        (await World.Admin.GetAsync($"users/{account}", Ct)).GetProperty("attributes").TryGetProperty("picture", out var picture)
            ? picture[0].GetString()
            : null;

    private async Task<MemberConsole> JoinAsync(Invited invited, string language) =>
        ConsoleIn(await RegisterInBrowserAsync(invited, language), language);
}

public sealed class RealWelcomePageTests(RealWorld world, Chromium chromium) : WelcomePageTests(world, chromium);

[Trait("Run", "Nightly")]
public sealed class StandInWelcomePageTests(StandInWorld world, Chromium chromium) : WelcomePageTests(world, chromium);
