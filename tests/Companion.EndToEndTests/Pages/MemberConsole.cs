using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Companion.EndToEndTests.Pages;

/// <summary>The account console in one person's browser and language.</summary>
public sealed class MemberConsole(IPage page, Texts texts, string repository, string screenshots)
{
    private const int Wide = 1280;
    private const int Narrow = 360;
    private const int Height = 800;

    // In dark mode and on a phone the page is drawn anew by the same document, so that its state stays. Longer words show on a phone, if anywhere.
    private readonly (int Width, ColorScheme Scheme, bool IsChecked)[] _looks = texts.Language == "en"
        ? [(Wide, ColorScheme.Light, true), (Wide, ColorScheme.Dark, false), (Narrow, ColorScheme.Light, false), (Narrow, ColorScheme.Dark, true)]
        : [(Narrow, ColorScheme.Light, true)];

    public IPage Page => page;

    public Texts Texts => texts;

    public ILocator Address => page.GetByRole(AriaRole.Textbox, new() { NameRegex = new Regex(Regex.Escape(texts["invite.contact"])) });

    /// <summary>A row of a table, by a text in it.</summary>
    public ILocator Row(string text) => page.GetByRole(AriaRole.Row).Filter(new() { HasText = text });

    public ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Vouch(int count = 1) => page.GetByRole(AriaRole.Checkbox, new() { Name = texts.Counted("invite.vouch", count) });

    public ILocator Group => page.GetByRole(AriaRole.Combobox, new() { Name = texts["invite.group"] });

    /// <summary>The way from what was sent to the list.</summary>
    public ILocator ToInvitations => page.GetByRole(AriaRole.Link, new() { Name = texts["invite.toInvitations"] });

    public ILocator TextField(string key) => page.GetByRole(AriaRole.Textbox, new() { Name = texts[key] });

    public Task SeeAsync(string text) => Expect(page.GetByText(text).First).ToBeVisibleAsync();

    /// <summary>From a filled-in form to what was sent.</summary>
    public async Task SendAsync(int count)
    {
        await Button(texts["invite.check"]).ClickAsync();
        await SendReviewedAsync(count);
    }

    public async Task SendReviewedAsync(int count)
    {
        await SeeAsync(texts.Counted("invite.review.title", count));
        await Button(texts.Counted("invite.send", count)).ClickAsync();
    }

    public async Task PasteAsync(IReadOnlyCollection<string> lines, int people)
    {
        await Button(texts["invite.paste.title"]).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = texts["invite.paste.list"] }).FillAsync(string.Join('\n', lines));
        await Button(texts.Counted("invite.paste.use", people)).ClickAsync();
    }

    public async Task ChooseOrganizationAsync(string search, string name)
    {
        var input = page.GetByRole(AriaRole.Combobox, new() { Name = texts["invite.organization"] });
        await input.FillAsync(search);
        await page.GetByRole(AriaRole.Option, new() { Name = name }).ClickAsync();
        await Expect(input).ToHaveValueAsync(name);
    }

    /// <summary>Picks an action from the menu of an invitation's row.</summary>
    public async Task ActAsync(string contact, string action)
    {
        await Button(texts.Filled("invitations.actionsFor", ("contact", contact))).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = texts[$"invitations.action.{action}"] }).ClickAsync();
    }

    /// <summary>Goes on by the Tab key alone until this has the focus.</summary>
    public async Task TabToAsync(ILocator target)
    {
        for (var presses = 0; presses < 60; presses++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        throw new InvalidOperationException($"The Tab key never comes to {target}.");
    }

    /// <summary>
    /// Takes pictures of the page as it is now, wide and as on a phone. Nothing may have to be scrolled sideways but the tree of people, which is
    /// a picture to move about in. axe-core, which takes longer than all else, must find nothing in either theme and at either width.
    /// </summary>
    public async Task LookAsync(string name)
    {
        foreach (var (width, scheme, isChecked) in _looks)
        {
            var look = string.Create(
                CultureInfo.InvariantCulture, $"{name}-{texts.Language}-{width}{(scheme == ColorScheme.Dark ? "-dark" : "")}");
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            await page.SetViewportSizeAsync(width, Height);
            await Expect(page.Locator(".pf-v5-c-page__sidebar"))
                .ToHaveClassAsync(new Regex(width == Narrow ? "pf-m-collapsed" : "pf-m-expanded"));
            await PictureAsync(look, width);
            if (isChecked)
            {
                (await ViolationsAsync()).ShouldBeEmpty(look);
            }

            (await ScrolledSidewaysAsync()).ShouldBeEmpty(look);
        }

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(Wide, Height);
    }

    // The page scrolls inside its frame, so a picture of all of it takes a taller window.
    private async Task PictureAsync(string look, int width)
    {
        var height = await page.EvaluateAsync<int>(
            "() => document.querySelector('header').offsetHeight + document.querySelector('main').scrollHeight");
        await page.SetViewportSizeAsync(width, Math.Max(Height, height));
        await page.TakePictureAsync(Path.Combine(screenshots, $"{look}.png"));
        await page.SetViewportSizeAsync(width, Height);
    }

    // By the debugger's way, because the page's policy lets no other script in.
    public async Task<IReadOnlyList<string>> ViolationsAsync()
    {
        var script = Path.Combine(repository, "idp-theme", "account", "node_modules", "axe-core", "axe.min.js");
        Skip.ForLackOf(File.Exists(script) ? null : "The pages are checked by axe-core: run 'npm ci --prefix idp-theme/account'.");
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await page.EvaluateAsync(await File.ReadAllTextAsync(script));
        }

        var found = await page.EvaluateAsync<JsonElement>(
            """
            async () => (await axe.run(document, { iframes: false, resultTypes: ['violations'] })).violations
              .flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help}: ${target.join(' ')}`))
            """);
        return [.. found.EnumerateArray().Select(violation => violation.GetString()!)];
    }

    private async Task<string[]> ScrolledSidewaysAsync() => await page.EvaluateAsync<string[]>(
        """
        () => [...document.querySelectorAll('*')]
          .filter((one) => one.scrollWidth > one.clientWidth + 1 && !one.matches('.companion-tree')
            && (one === document.scrollingElement || /auto|scroll/.test(getComputedStyle(one).overflowX)))
          .map((one) => `${one.tagName}.${one.className}: ${one.scrollWidth} in ${one.clientWidth}`)
        """);
}
