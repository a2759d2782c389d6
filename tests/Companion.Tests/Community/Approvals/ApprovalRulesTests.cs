using Companion.Community.Approvals;
using Companion.Community.Directory;
using Companion.Foundation.Kernel;

namespace Companion.Tests.Community.Approvals;

public sealed class ApprovalRulesTests
{
    private static readonly ApprovalFacts Facts = new(
        new InviterFacts(
            TimeSpan.FromDays(30),
            InviterKind.UserManager,
            new HashSet<Membership> { new(null, "/members/berlin"), new("harbour"), new("harbour", "User Managers") },
            new HashSet<string> { "reader" },
            new Standing(Good: 7, Bad: 3),
            OpenInvites: 4,
            IssuedLastDay: 2,
            IssuedLastWeek: 6,
            Depth: 2,
            IsFlagged: false),
        "example.org",
        "email",
        [new Membership("harbour", "Users"), new Membership(null, "/members")],
        [new RoomId("!general:example.org")]);

    /// <summary>Each condition once as it holds, and once as it doesn't.</summary>
    public static TheoryData<string, RuleConditions, bool> Conditions { get; } = new()
    {
        { "nothing set", new(), true },
        { "account younger than 31 days", new() { AccountAgeBelow = TimeSpan.FromDays(31) }, true },
        { "account younger than 30 days", new() { AccountAgeBelow = TimeSpan.FromDays(30) }, false },
        { "less than 71 % in good order", new() { StandingBelow = 0.71 }, true },
        { "less than 70 % in good order", new() { StandingBelow = 0.7 }, false },
        { "fewer than 11 brought", new() { BroughtBelow = 11 }, true },
        { "fewer than 10 brought", new() { BroughtBelow = 10 }, false },
        { "4 open", new() { OpenInvitesAtLeast = 4 }, true },
        { "5 open", new() { OpenInvitesAtLeast = 5 }, false },
        { "2 in a day", new() { IssuedLastDayAtLeast = 2 }, true },
        { "3 in a day", new() { IssuedLastDayAtLeast = 3 }, false },
        { "6 in a week", new() { IssuedLastWeekAtLeast = 6 }, true },
        { "7 in a week", new() { IssuedLastWeekAtLeast = 7 }, false },
        { "depth 2", new() { DepthAtLeast = 2 }, true },
        { "depth 3", new() { DepthAtLeast = 3 }, false },
        { "not flagged", new() { Flagged = false }, true },
        { "flagged", new() { Flagged = true }, false },
        { "a user manager", new() { Kinds = [InviterKind.Member, InviterKind.UserManager] }, true },
        { "a plain member", new() { Kinds = [InviterKind.Member] }, false },
        { "in a group above", new() { InviterIn = ["/members"] }, true },
        { "in the organisation", new() { InviterIn = ["harbour"] }, true },
        { "in a group that begins alike", new() { InviterIn = ["/member"] }, false },
        { "in a group below", new() { InviterIn = ["/members/berlin/north"] }, false },
        { "not in another", new() { InviterNotIn = ["/moderators"] }, true },
        { "not in this", new() { InviterNotIn = ["/moderators", "harbour"] }, false },
        { "has the role", new() { InviterRoles = ["writer", "reader"] }, true },
        { "has another role", new() { InviterRoles = ["writer"] }, false },
        { "of the domain", new() { Domains = ["Example.org"] }, true },
        { "of a domain below", new() { Domains = [".example.org"] }, false },
        { "of a top domain", new() { Domains = [".org"] }, true },
        { "of a domain that ends alike", new() { Domains = ["le.org"] }, false },
        { "of no listed domain", new() { DomainsNot = ["example.com"] }, true },
        { "of a listed domain", new() { DomainsNot = ["example.com", "example.org"] }, false },
        { "by email", new() { Channels = ["email"] }, true },
        { "by signal", new() { Channels = ["signal"] }, false },
        { "into the room", new() { Rooms = ["!other:example.org", "!general:example.org"] }, true },
        { "into another room", new() { Rooms = ["!other:example.org"] }, false },
        { "into the organisation", new() { Organizations = ["harbour"] }, true },
        { "into another organisation", new() { Organizations = ["lighthouse"] }, false },
        { "into the role group", new() { Groups = ["Users"] }, true },
        { "into the community's group", new() { Groups = ["/members"] }, true },
        { "into another group", new() { Groups = ["Admins"] }, false },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void A_condition_holds_or_not(string what, RuleConditions when, bool holds) =>
        ApprovalRules.Applies(when, Facts).ShouldBe(holds, what);

    [Fact]
    public void All_that_is_set_must_hold()
    {
        ApprovalRules.Applies(new() { OpenInvitesAtLeast = 4, Domains = ["example.org"] }, Facts).ShouldBeTrue();
        ApprovalRules.Applies(new() { OpenInvitesAtLeast = 4, Domains = ["example.com"] }, Facts).ShouldBeFalse();
    }

    [Fact]
    public void An_account_of_unknown_age_counts_as_young() =>
        ApprovalRules.Applies(new() { AccountAgeBelow = TimeSpan.FromDays(1) }, Facts with { Inviter = Facts.Inviter with { AccountAge = null } }).ShouldBeTrue();

    [Fact]
    public void Who_brought_nobody_has_no_standing_yet()
    {
        var beginner = Facts with { Inviter = Facts.Inviter with { Standing = new Standing(0, 0) } };
        ApprovalRules.Applies(new() { StandingBelow = 1 }, beginner).ShouldBeFalse();
        ApprovalRules.Applies(new() { BroughtBelow = 1 }, beginner).ShouldBeTrue();
    }

    [Fact]
    public void Each_rule_that_applies_asks_and_no_other()
    {
        ApprovalRule[] rules =
        [
            new() { Name = "busy", Approvers = "/moderators", When = new() { OpenInvitesAtLeast = 1 } },
            new() { Name = "strangers", Approvers = "/moderators", When = new() { DomainsNot = ["example.org"] } },
            new() { Name = "everybody", Approvers = "/elders", Needed = 2, Panel = 3, Subject = ApprovalSubject.Newcomer },
        ];

        ApprovalRules.Ask(rules, ApprovalSubject.Invite, Facts).Select(asked => asked.Rule).ShouldBe(["busy"]);
        ApprovalRules.Ask(rules, ApprovalSubject.Newcomer, Facts).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            asked => asked.Rule.ShouldBe("everybody"), asked => asked.Needed.ShouldBe(2), asked => asked.Panel.ShouldBe(3));
    }

    [Fact]
    public void A_panel_is_never_smaller_than_what_is_needed() =>
        ApprovalRules.Ask([new() { Name = "two", Needed = 2 }], ApprovalSubject.Invite, Facts)[0].Panel.ShouldBe(2);
}
