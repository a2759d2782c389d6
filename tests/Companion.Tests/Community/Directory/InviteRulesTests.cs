using Companion.Community.Directory;
using Companion.Foundation.Kernel;

namespace Companion.Tests.Community.Directory;

/// <summary>Every kind of inviter, in every kind of organisation, with every group.</summary>
public sealed class InviteRulesTests
{
    private static readonly DirectoryOptions Options = new()
    {
        FurtherGroups = ["M&E Managers", "Enumerators"],
        Groups =
        [
            new GroupRule { Path = "/members", InvitedBy = ["/members", "/staff"] },
            new GroupRule { Path = "/board", InvitedBy = ["/board"] },
        ],
    };

    /// <summary>Owns the content of Pier; Quay belongs to nobody; Beacon's content belongs to Pier, so to Harbour only at second hand.</summary>
    private static readonly Dictionary<string, Organization> Organizations = new[]
    {
        new Organization("harbour", "Harbour", Enabled: true, []),
        new Organization("pier", "Pier", Enabled: true, ["harbour", "shipyard"]),
        new Organization("quay", "Quay", Enabled: true, []),
        new Organization("beacon", "Beacon", Enabled: true, ["pier"]),
        new Organization("wreck", "Wreck", Enabled: false, ["harbour"]),
    }.ToDictionary(organization => organization.Alias);

    private static readonly Dictionary<string, Person> People = new()
    {
        ["superuser"] = Person(roles: ["companion-superuser"]),
        ["community admin"] = Person(roles: ["companion-admin"]),
        ["harbour admin"] = Person([new("harbour"), new("harbour", "Users"), new("harbour", "Admins")]),
        ["harbour user manager"] = Person([new("harbour"), new("harbour", "User Managers")]),
        ["harbour enumerator"] = Person([new("harbour"), new("harbour", "Enumerators")]),
        ["harbour user"] = Person([new("harbour"), new("harbour", "Users")]),
        ["harbour member in no group"] = Person([new("harbour")]),
        ["manager of harbour, admin of pier"] = Person([new("harbour", "User Managers"), new("pier", "Admins")]),
        ["shipyard user manager"] = Person([new("shipyard", "User Managers")]),
        ["plain member"] = Person([new(null, "/members")]),
        ["stranger"] = Person(),
        ["somebody with a realm group that is called Admins"] = Person([new("harbour"), new(null, "/Admins"), new(null, "Admins")]),
    };

    private const string All = "Users, User Managers, Admins, M&E Managers, Enumerators";

    private const string Two = "Users, User Managers";

    private const string None = "";

    public static TheoryData<string, string, string> Rights { get; } = Table(
    [
        //                                                        harbour  pier  quay  beacon
        ("superuser",                                             [All,    All,  All,  All]),
        ("community admin",                                       [All,    All,  All,  All]),
        ("harbour admin",                                         [All,    All,  None, None]),
        ("harbour user manager",                                  [Two,    Two,  None, None]),
        ("harbour enumerator",                                    [None,   None, None, None]),
        ("harbour user",                                          [None,   None, None, None]),
        ("harbour member in no group",                            [None,   None, None, None]),
        ("manager of harbour, admin of pier",                     [Two,    All,  None, All]),
        ("shipyard user manager",                                 [None,   Two,  None, None]),
        ("plain member",                                          [None,   None, None, None]),
        ("stranger",                                              [None,   None, None, None]),
        ("somebody with a realm group that is called Admins",     [None,   None, None, None]),
    ]);

    [Theory]
    [MemberData(nameof(Rights))]
    public void Who_may_give_which_group_where(string who, string organization, string groups)
    {
        var (person, rights) = (People[who], RightsOf(People[who]));

        string.Join(", ", InviteRules.GroupsIn(person, Organizations[organization], Options)).ShouldBe(groups);
        foreach (var group in Options.RoleGroups)
        {
            rights.MayGive(new Membership(organization, group)).ShouldBe(groups.Split(", ").Contains(group), group);
        }

        rights.MayUse(organization).ShouldBe(groups.Length > 0);
        InviteRules.MayListMembers(person, Organizations[organization], Options).ShouldBe(groups.Length > 0);
    }

    [Fact]
    public void The_table_covers_everybody_and_every_enabled_organisation() =>
        Rights.Count.ShouldBe(People.Count * Organizations.Values.Count(organization => organization.Enabled));

    public static TheoryData<string> Everybody { get; } = [.. People.Keys];

    [Theory]
    [MemberData(nameof(Everybody))]
    public void Nobody_gives_what_is_no_group_or_of_no_organisation(string who)
    {
        var rights = RightsOf(People[who]);
        foreach (var membership in (Membership[])
            [new("harbour"), new("harbour", "users"), new("harbour", "Owners"), new("harbour", "/members"), new("nowhere", "Users"), new(), new(null, "Users")])
        {
            rights.MayGive(membership).ShouldBeFalse(membership.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Everybody))]
    public void Nobody_invites_into_an_organisation_that_is_switched_off(string who) =>
        RightsOf(People[who]).MayUse("wreck").ShouldBeFalse();

    [Theory]
    [MemberData(nameof(Everybody))]
    public void Who_is_disabled_or_waits_for_an_approval_has_no_rights(string who)
    {
        foreach (var person in (Person[])[
            People[who] with { Enabled = false }, People[who] with { Approval = "pending" }, People[who] with { Approval = "denied" }])
        {
            RightsOf(person).ShouldBe(InviteRights.None);
            InviteRules.MayUseEveryOrganization(person, Options).ShouldBeFalse();
            InviteRules.CommunityGroups(person, Options).ShouldBeEmpty();
            InviteRules.GroupsIn(person, Organizations["harbour"], Options).ShouldBeEmpty();
        }

        RightsOf(People[who] with { Approval = "approved" }).MayInvite.ShouldBeTrue();
    }

    [Theory]
    [InlineData("superuser", InviterKind.Superuser)]
    [InlineData("community admin", InviterKind.CommunityAdmin)]
    [InlineData("harbour admin", InviterKind.OrganizationAdmin)]
    [InlineData("harbour user manager", InviterKind.UserManager)]
    [InlineData("manager of harbour, admin of pier", InviterKind.OrganizationAdmin)]
    [InlineData("harbour user", InviterKind.Member)]
    [InlineData("plain member", InviterKind.Member)]
    public void Everybody_is_the_most_that_they_are_anywhere(string who, InviterKind kind) =>
        InviteRules.KindOf(People[who], Options).ShouldBe(kind);

    [Theory]
    [InlineData("plain member", "/members")]
    [InlineData("stranger", "")]
    [InlineData("harbour admin", "")]
    [InlineData("community admin", "/members, /board")]
    [InlineData("superuser", "/members, /board")]
    public void Groups_of_the_community_are_given_by_their_rules_and_by_its_admins(string who, string groups) =>
        string.Join(", ", InviteRules.CommunityGroups(People[who], Options)).ShouldBe(groups);

    [Theory]
    [InlineData("/members", "/members")]
    [InlineData("/members/gold", "/members")]
    [InlineData("/staff", "/members")]
    [InlineData("/membersclub", "")]
    [InlineData("/Members", "")]
    [InlineData("members", "")]
    public void A_rule_for_a_group_covers_its_subgroups_and_nothing_else(string group, string groups) =>
        string.Join(", ", InviteRules.CommunityGroups(Person([new(null, group)]), Options)).ShouldBe(groups);

    [Theory]
    [InlineData("harbour admin", "harbour", null)]
    [InlineData("harbour admin", "pier", "harbour")]
    [InlineData("manager of harbour, admin of pier", "pier", null)]
    [InlineData("shipyard user manager", "pier", "shipyard")]
    [InlineData("superuser", "pier", null)]
    public void An_organisation_says_by_whose_ownership_one_has_rights_in_it(string who, string organization, string? owner) =>
        InviteRules.OwnerOf(People[who], Organizations[organization], Options).ShouldBe(owner);

    [Fact]
    public void Only_rooms_without_an_obstacle_may_be_offered() =>
        InviteRules.RightsOf(
            People["plain member"],
            [],
            [new RoomOffer(new RoomId("!a"), "A"), new RoomOffer(new RoomId("!b"), "B", Obstacle: "not_joined")],
            Options).Rooms.ShouldBe([new RoomId("!a")]);

    [Fact]
    public void Nobody_is_nobody() => InviteRules.RightsOf(null, Organizations.Values, [], Options).ShouldBe(InviteRights.None);

    private static InviteRights RightsOf(Person person) => InviteRules.RightsOf(person, Organizations.Values, [], Options);

    private static Person Person(IEnumerable<Membership>? memberships = null, string[]? roles = null) => new(
        new AccountId("somebody"), true, "somebody", "Somebody", null, false, null, (memberships ?? []).ToHashSet(), (roles ?? []).ToHashSet(), null, null);

    private static TheoryData<string, string, string> Table(IEnumerable<(string Who, string[] Groups)> rows)
    {
        var data = new TheoryData<string, string, string>();
        foreach (var (who, groups) in rows)
        {
            foreach (var (organization, given) in Organizations.Values.Where(organization => organization.Enabled).Zip(groups))
            {
                data.Add(who, organization.Alias, given);
            }
        }

        return data;
    }
}
