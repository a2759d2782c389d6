using Companion.Community.Directory;

namespace Companion.Tests.Community.Directory;

public sealed class ShownNameTests
{
    [Theory]
    [InlineData("Alice Ahlers", "Alice Ahlers")]
    [InlineData("  Alice \t Ahlers ", "Alice Ahlers")]
    [InlineData("J. R. O'Neill-Łukasz jr.", "J. R. O'Neill-Łukasz jr.")]
    [InlineData("山田 太郎", "山田 太郎")]
    [InlineData("Zoe\u0308", "Zoë")]
    public void A_name_is_shown(string name, string shown) => ShownName.Of(name).ShouldBe(shown);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("alice@example.org")]
    [InlineData("win.example")]
    [InlineData("www.bank")]
    [InlineData("https bank")]
    [InlineData("http://bank")]
    [InlineData("bank。example。com")]
    [InlineData("bank．com")]
    [InlineData("10.0.0.1")]
    [InlineData("Al\u202Eice")]
    [InlineData("Al\u200Bice")]
    [InlineData("Alice\0")]
    [InlineData("Alice\r\nBcc: x")]
    [InlineData("<b>Alice</b>")]
    [InlineData("{{url}}")]
    [InlineData("Alice \uD800")]
    [InlineData("Call +49 30 12345")]
    public void A_name_that_could_pass_for_something_else_is_not_shown(string? name) => ShownName.Of(name).ShouldBeNull();

    [Fact]
    public void A_long_name_is_cut_between_letters() =>
        ShownName.Of("A" + string.Concat(Enumerable.Repeat("e\u0323\u0301", 80)))!.ShouldEndWith("…");

    [Fact]
    public void A_nameless_member_is_a_member_in_both_languages()
    {
        ShownName.OrMember("x@y", "en").ShouldBe("A member");
        ShownName.OrMember("x@y", "de").ShouldBe("Ein Mitglied");
        ShownName.OrMember("Alice", "de").ShouldBe("Alice");
    }
}
