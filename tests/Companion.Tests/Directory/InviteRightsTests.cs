using Companion.Directory;

namespace Companion.Tests.Directory;

public sealed class InviteRightsTests
{
    private static readonly DirectoryOptions Options = new()
    {
        Groups =
        [
            new GroupRule { Path = "/members", InvitedBy = ["/members", "/staff"] },
            new GroupRule { Path = "/harbour/user-managers", InvitedBy = ["/harbour/admins"] },
            new GroupRule { Path = "/nobody" },
        ],
    };

    [Theory]
    [InlineData("/members", "/members")]
    [InlineData("/members/gold", "/members")]
    [InlineData("/staff", "/members")]
    [InlineData("/harbour/admins", "/harbour/user-managers")]
    public void A_group_may_be_offered_by_the_groups_of_its_rule_and_their_subgroups(string membership, string offered) =>
        Rights([membership], []).Groups.ShouldBe([offered]);

    [Theory]
    [InlineData("/membersclub")]
    [InlineData("/Members")]
    [InlineData("/harbour")]
    [InlineData("/nobody")]
    [InlineData("members")]
    public void Nobody_else_may_offer_it(string membership) => Rights([membership], []).Groups.ShouldBeEmpty();

    [Fact]
    public void An_organisation_may_be_invited_into_by_its_members() =>
        Rights([], ["harbour"]).Organizations.ShouldBe(["harbour"]);

    [Fact]
    public void Someone_who_is_disabled_has_no_rights()
    {
        var rights = InviteRights.Of(Member(["/members"], ["harbour"]) with { Enabled = false }, Options, [new RoomOffer(new RoomId("!a"), "A")]);
        rights.ShouldBe(InviteRights.None);
    }

    [Fact]
    public void Rooms_are_those_on_offer() =>
        InviteRights.Of(Member([], []), Options, [new RoomOffer(new RoomId("!a"), "A")]).Rooms.ShouldBe([new RoomId("!a")]);

    private static InviteRights Rights(string[] groups, string[] organizations) =>
        InviteRights.Of(Member(groups, organizations), Options, []);

    private static Person Member(string[] groups, string[] organizations) =>
        new(new AccountId("alice"), true, "alice", "Alice", null, false, null, groups, organizations, null, null);
}
