using Microsoft.Playwright;

namespace Companion.EndToEndTests.Pages;

internal static class PagePictures
{
    /// <summary>
    /// A picture of what is seen, as PNG. Chromium has none to give while it is swapping what it draws, for a page that has only just
    /// come, and is asked once more then.
    /// </summary>
    /// <param name="path">Where it is written as well.</param>
    public static async Task<byte[]> TakePictureAsync(this IPage page, string? path = null, bool fullPage = false)
    {
        PageScreenshotOptions options = new() { Path = path, FullPage = fullPage };
        try
        {
            return await page.ScreenshotAsync(options);
        }
        catch (PlaywrightException exception) when (exception.Message.Contains("Unable to capture screenshot", StringComparison.Ordinal))
        {
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            return await page.ScreenshotAsync(options);
        }
    }
}
