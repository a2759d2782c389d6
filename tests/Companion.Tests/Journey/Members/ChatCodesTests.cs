using Companion.Foundation.Kernel;
using Companion.Journey.Members;

namespace Companion.Tests.Journey.Members;

public sealed class ChatCodesTests
{
    private static readonly MemberId Anna = MemberId.Of(new AccountId("anna"));
    private static readonly MatrixUserId Chat = new("@anna:example.org");

    private readonly ChatCodes _codes = new(TestKeys.Create());

    [Fact]
    public void A_code_is_the_same_however_often_it_is_made_and_has_eight_digits()
    {
        var code = _codes.For(Anna, 1, Chat);
        code.ShouldMatch("^[0-9]{4} [0-9]{4}$");
        _codes.For(Anna, 1, Chat).ShouldBe(code);
    }

    [Fact]
    public void It_is_right_with_and_without_the_space_and_for_nothing_else()
    {
        var code = _codes.For(Anna, 1, Chat);
        _codes.IsRight(code, Anna, 1, Chat).ShouldBeTrue();
        _codes.IsRight($" {code.Replace(" ", "", StringComparison.Ordinal)}\n", Anna, 1, Chat).ShouldBeTrue();
        _codes.IsRight("", Anna, 1, Chat).ShouldBeFalse();
        _codes.IsRight(code, Anna, 2, Chat).ShouldBeFalse();
        _codes.IsRight(code, Anna, 1, new MatrixUserId("@other:example.org")).ShouldBeFalse();
        _codes.IsRight(code, MemberId.Of(new AccountId("other")), 1, Chat).ShouldBeFalse();
        new ChatCodes(TestKeys.Create()).IsRight(code, Anna, 1, Chat).ShouldBeFalse();
    }
}
