using Companion.EndToEndTests.Pages;
using Microsoft.Playwright;
using Sandbox.Keycloak;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Companion.EndToEndTests.Pages;

/// <summary>The system's Chromium, started for the first test that asks for it. No browser is ever downloaded.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static string? Executable =>
        new[] { Environment.GetEnvironmentVariable("COMPANION_CHROMIUM"), "/usr/bin/chromium" }.FirstOrDefault(File.Exists);

    private static string? Missing =>
        Executable is null
            ? "The members' pages are tested in Chromium: install it (Debian: apt-get install chromium), or name its executable in COMPANION_CHROMIUM."
        : AccountConsole.Missing;

    public async Task<IBrowser> StartedAsync()
    {
        Skip.ForLackOf(Missing);
        if (_browser is null)
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable });
        }

        return _browser;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
