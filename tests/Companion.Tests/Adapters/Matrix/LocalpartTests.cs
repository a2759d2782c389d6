using Companion.Adapters.Matrix;

namespace Companion.Tests.Adapters.Matrix;

public sealed class LocalpartTests
{
    [Theory]
    [InlineData("anna", "anna")]
    [InlineData("Anna.O-X", "anna.o-x")]
    [InlineData("umlautü", "umlautu")]
    [InlineData("mallory@example.org", "mallory")]
    [InlineData("_frank", "frank")]
    [InlineData("12345", "member12345")]
    [InlineData("a b  c", "a-b-c")]
    [InlineData("日本", "member")]
    [InlineData("", "member")]
    public void User_names_become_names_that_the_server_takes(string username, string localpart) => Localpart.From(username).ShouldBe(localpart);

    [Fact]
    public void Long_names_are_cut() => Localpart.From(new string('a', 300)).Length.ShouldBe(64);

    [Fact]
    public void Taken_names_get_digits() => Localpart.Candidates("carol", 3).ShouldBe(["carol", "carol2", "carol3"]);
}
