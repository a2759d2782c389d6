using System.Text.Encodings.Web;
using System.Text.Unicode;
using Companion.Foundation.Kernel;
using Companion.Journey.Landing;
using Microsoft.Extensions.Options;

namespace Companion.Tests.Journey.Landing;

public sealed class LandingPagesTests
{
    private const string Awkward = "Ödön <b>&amp;\"'`=+ 日本 👋\n{{ 1 + 1 }}";

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    public void A_page_says_what_was_approved(string language)
    {
        Approved.ShouldBe(Write(Full(language, Awkward), Awkward, $"contact {Awkward}"), "Journey/Landing", $"full.{language}.html");
        Approved.ShouldBe(Write(new LandingPage("good", language), Awkward, contactText: null), "Journey/Landing", $"sparse.{language}.html");
    }

    [Theory]
    [InlineData("<script>&\"'")]
    [InlineData("{{ 1 + 1 }}")]
    public void No_value_comes_out_as_markup_or_template(string awkward) =>
        Write(Full("en", awkward), awkward, awkward).ShouldBe(
            Write(Full("en", "q7q"), "q7q", "q7q").Replace("q7q", HtmlEncoder.Create(UnicodeRanges.All).Encode(awkward), StringComparison.Ordinal));

    private static LandingPage Full(string language, string awkward) => new("good", language)
    {
        Inviter = $"inviter {awkward}",
        Paragraphs = [$"first {awkward}", "", "third"],
        When = new DateTimeOffset(2026, 12, 5, 10, 0, 0, TimeSpan.Zero),
        Button = ($"/i/{awkward}", new() { ["token"] = $"token {awkward}", [$"field {awkward}"] = "" }),
        Link = $"https://idp.example.org/?{awkward}",
        Paste = true,
        Decline = ($"code {awkward}", $"decliner {awkward}"),
        Again = ("post", $"/i/again/{awkward}", new() { ["token"] = $"again {awkward}", ["second"] = "2" }),
    };

    private static string Write(LandingPage page, string community, string? contactText) =>
        new LandingPages(Options.Create(new CommunityOptions
        {
            Name = $"community {community}",
            PublicUrl = "https://companion.example.org/base",
            ContactText = contactText,
        })).Write(page).ResponseContent!;
}
