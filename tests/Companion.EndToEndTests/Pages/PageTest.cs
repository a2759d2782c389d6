using Microsoft.Playwright;
using Sandbox.Components;
using Sandbox.People;
using Sandbox.Worlds;
using static Microsoft.Playwright.Assertions;

namespace Companion.EndToEndTests.Pages;

/// <summary>A test that people could play: in a browser, at the account console.</summary>
public abstract class PageTest(WorldFixture fixture, Chromium chromium) : WorldTest(fixture)
{
    private static readonly string Repository = ComponentSettings.FromEnvironment().Repository;
    private readonly List<IBrowserContext> _contexts = [];
    private IBrowser _browser = null!;

    /// <summary>A folder for each world: what is drawn in both must look alike.</summary>
    protected string Screenshots => Path.Combine(Repository, "artifacts", "screenshots", World.Backend == Backend.Real ? "real" : "stand-in");

    public override async ValueTask InitializeAsync()
    {
        _browser = await chromium.StartedAsync();
        SetDefaultExpectTimeout((float)90_000);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts)
        {
            if (TestContext.Current.TestState?.Result == TestResult.Failed && context.Pages is [.., var page])
            {
                await PictureAsync(page, $"failed-{TestContext.Current.TestMethod!.MethodName}");
            }

            await context.DisposeAsync();
        }

        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A browser of somebody's own, with nobody signed in.</summary>
    protected async Task<IBrowserContext> BrowserAsync(string language = "en")
    {
        var context = await _browser.NewContextAsync(new() { Locale = language, ViewportSize = new() { Width = 1280, Height = 800 } });
        context.SetDefaultTimeout((float)90_000);
        _contexts.Add(context);
        return context;
    }

    protected MemberConsole ConsoleIn(IPage page, string language = "en") => new(page, new(Repository, language), Repository, Screenshots);

    /// <summary>Opens one of the console's pages and signs in on the way.</summary>
    protected async Task<MemberConsole> OpenAsync(Person person, string path, string language = "en") =>
        ConsoleIn(await SignInAsync(person, $"{World.Keycloak.RealmUrl}/account/{path}", language), language);

    /// <summary>Opens an address of the identity provider and signs in on the way.</summary>
    protected async Task<IPage> SignInAsync(Person person, string address, string language = "en")
    {
        var page = await (await BrowserAsync(language)).NewPageAsync();
        await page.GotoAsync(address);
        await SignInAsync(page, person);
        return page;
    }

    /// <summary>On the community's own sign-in page, which asks one thing at a time.</summary>
    protected static async Task SignInAsync(IPage page, Person person)
    {
        await page.FillAsync("[name=username]", person.Username);
        await page.ClickAsync("[type=submit]");
        await page.FillAsync("[name=password]", person.Password);
        await page.ClickAsync("[type=submit]");
    }

    /// <summary>From the mail to the first page after the registration of Anna Anders, as a person with a browser goes.</summary>
    protected async Task<IPage> RegisterInBrowserAsync(Invited invited, string language)
    {
        var page = await (await BrowserAsync(language)).NewPageAsync();
        await page.GotoAsync(invited.Link);
        await page.Locator("main > form [type=submit], main > form button").First.ClickAsync();
        await page.FillAsync("[name=username]", invited.Invitee.Username);
        await page.FillAsync("[name=firstName]", "Anna");
        await page.FillAsync("[name=lastName]", "Anders");
        await page.FillAsync("[name=password]", invited.Invitee.Password);
        await page.FillAsync("[name=password-confirm]", invited.Invitee.Password);
        await page.ClickAsync("#kc-submit");
        return page;
    }

    /// <summary>Registers somebody who then waits for an approval.</summary>
    protected async Task<IPage> RegisterWaitingAsync(Invited invited, string language = "en")
    {
        var page = await RegisterInBrowserAsync(invited, language);
        await Expect(page.Locator("#invite-waiting")).ToBeVisibleAsync();
        return page;
    }

    protected Task PictureAsync(IPage page, string name) => page.TakePictureAsync(Path.Combine(Screenshots, $"{name}.png"));

    /// <summary>Addresses that nobody else uses.</summary>
    protected static string[] NewAddresses(int count) => [.. Enumerable.Range(0, count).Select(_ => NewAddress())];

    /// <summary>Waits until everybody got the one mail, and sees that nobody got another.</summary>
    protected async Task ShouldHaveOneMailEachAsync(Person inviter, IReadOnlyCollection<string> addresses, IReadOnlyCollection<string>? none = null)
    {
        foreach (var address in addresses)
        {
            await World.Mail.WaitForAsync(address, Ct);
        }

        await ShouldBeSentAsync(inviter, addresses);
        var got = World.Mail.Mails.SelectMany(mail => mail.Recipients).GroupBy(address => address).ToDictionary(group => group.Key, group => group.Count());
        addresses.Where(address => got.GetValueOrDefault(address) != 1).ShouldBeEmpty();
        (none ?? []).Where(got.ContainsKey).ShouldBeEmpty();
    }

    // Nothing more comes once each has one invitation, and that is sent.
    private async Task ShouldBeSentAsync(Person inviter, IReadOnlyCollection<string> addresses)
    {
        var member = Use(await Member.SignInAsync(World, inviter, Ct));
        var wanted = addresses.ToHashSet();
        await Eventually.BeTrueAsync("every invitation is sent", async () =>
        {
            var statuses = new List<(string Contact, string Status)>();
            for (string? query = ""; query is not null;)
            {
                var page = await member.GetAsync($"/api/v1/invites?limit=100{query}", Ct);
                statuses.AddRange(page.GetProperty("invites").EnumerateArray()
                    .Select(invite => (invite.GetProperty("contact").GetString() ?? "", invite.GetProperty("status").GetString()!))
                    .Where(invite => wanted.Contains(invite.Item1)));
                query = page.GetProperty("next").GetString() is { } next ? $"&cursor={Uri.EscapeDataString(next)}" : null;
            }

            statuses.Count.ShouldBe(addresses.Count, "Each address has one invitation.");
            return statuses.All(invite => invite.Status == "sent");
        }, Ct);
    }
}
