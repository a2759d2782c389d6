using Companion.Foundation.Store;

namespace Companion.Tests.Foundation.Store;

public sealed class ParamTests
{
    [Fact]
    public void Text_that_the_database_cannot_hold_never_gets_to_it()
    {
        // Not as data of a theory: an attribute's text is UTF-8 and can't hold a half.
        foreach (var text in (string[])["a\0b", "half \uD83D", "\uDE00 half"])
        {
            Should.Throw<ArgumentException>(() => Param.Text("name", text)).Message.ShouldNotContain("half");
            Should.Throw<ArgumentException>(() => Param.Texts("names", ["good", text]));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("two\r\n\tlines, ü and \uD83D\uDE00")]
    public void Any_other_text_is_passed_as_it_is(string? text)
    {
        Param.Text("name", text).Value.ShouldBe(text);
        Param.Texts("names", [text ?? ""]).Value.ShouldBe(new[] { text ?? "" });
    }
}
