using Companion.Hosting;
using Companion.Landing;
using Microsoft.Extensions.Options;

namespace Companion.Tests.Landing;

public sealed class LandingPagesTests
{
    private const string Awkward = "Ödön <b>&amp;\"'`=+ 日本 👋\n{{ 1 + 1 }}";

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    public void A_page_says_what_was_approved(string language)
    {
        Approved.ShouldBe(Write(Full(language), $"contact {Awkward}"), "Landing", $"full.{language}.html");
        Approved.ShouldBe(Write(new LandingPage("good", language), null), "Landing", $"sparse.{language}.html");
    }

    private static LandingPage Full(string language) => new("good", language)
    {
        Inviter = $"inviter {Awkward}",
        Paragraphs = [$"first {Awkward}", "", "third"],
        When = new DateTimeOffset(2026, 12, 5, 10, 0, 0, TimeSpan.Zero),
        Button = ($"/i/{Awkward}", new() { ["token"] = $"token {Awkward}", [$"field {Awkward}"] = "" }),
        Link = $"https://idp.example.org/?{Awkward}",
        Paste = true,
        Decline = ($"code {Awkward}", $"decliner {Awkward}"),
        Again = ("post", $"/i/again/{Awkward}", new() { ["token"] = $"again {Awkward}", ["second"] = "2" }),
    };

    private static string Write(LandingPage page, string? contactText) =>
        new LandingPages(Options.Create(new CommunityOptions
        {
            Name = $"community {Awkward}",
            PublicUrl = "https://companion.example.org/base",
            ContactText = contactText,
        })).Write(page).ResponseContent!;
}
