using Companion.Community.Approvals;
using Companion.Oversight.Moderation;

namespace Companion.Tests.Oversight.Moderation;

public sealed class PersonStandingTests
{
    [Theory]
    [InlineData(0, 0, "None")]
    [InlineData(3, 0, "Good")]
    [InlineData(3, 1, "Mixed")]
    [InlineData(1, 1, "Mixed")]
    [InlineData(1, 2, "Bad")]
    [InlineData(0, 1, "Bad")]
    public void Standing_is_good_while_all_are_and_bad_once_most_are_not(int good, int bad, string word) =>
        PersonStandings.Of(new Standing(good, bad)).ToString().ShouldBe(word);
}
