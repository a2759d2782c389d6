using Companion.Foundation.Kernel;

namespace Companion.Tests.Foundation.Kernel;

public sealed class MatrixUserIdTests
{
    [Theory]
    [InlineData("@anna:example.org", "example.org")]
    [InlineData("@anna.b=c_d/e+f-g:example.org:8448", "example.org:8448")]
    [InlineData("@Historical!Name:example.org", "example.org")]
    [InlineData("@a:[2001:db8::1]:8448", "[2001:db8::1]:8448")]
    public void What_can_be_a_Matrix_id_is_taken(string text, string server) => MatrixUserId.Parse(text).ShouldNotBeNull().Server.ShouldBe(server);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("anna")]
    [InlineData("anna:example.org")]
    [InlineData("@anna")]
    [InlineData("@:example.org")]
    [InlineData("@anna:")]
    [InlineData("@anna b:example.org")]
    [InlineData("@änna:example.org")]
    [InlineData("@anna:example.org\n")]
    [InlineData("@anna:example.org/path")]
    [InlineData("!room:example.org")]
    public void What_can_be_none_is_not(string? text) => MatrixUserId.Parse(text).ShouldBeNull();

    [Fact]
    public void It_has_at_most_255_characters()
    {
        MatrixUserId.Parse($"@{new string('a', 242)}:example.org").ShouldNotBeNull();
        MatrixUserId.Parse($"@{new string('a', 243)}:example.org").ShouldBeNull();
    }
}
