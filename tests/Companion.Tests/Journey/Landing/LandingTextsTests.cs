using System.Text.RegularExpressions;
using Companion.Journey.Landing;

namespace Companion.Tests.Journey.Landing;

public sealed partial class LandingTextsTests
{
    [Fact]
    public void Both_languages_say_the_same_things_about_the_same_values()
    {
        var (english, german) = (LandingTexts.ByLanguage["en"], LandingTexts.ByLanguage["de"]);

        german.Keys.ShouldBe(english.Keys);
        foreach (var (key, text) in english)
        {
            Placeholders(german[key]).ShouldBe(Placeholders(text), key);
        }
    }

    private static IEnumerable<string> Placeholders(string text) => Placeholder().Matches(text).Select(match => match.Value).Order();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();
}
