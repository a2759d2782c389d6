using Companion.Adapters.Matrix;
using Companion.Community.Directory;
using Companion.Foundation.Kernel;

namespace Companion.Tests.Adapters.Matrix;

/// <summary>One test per row of the table, and that the rows come in the right order.</summary>
public sealed class RoomRulesTests
{
    private static readonly RoomFacts Free = new(
        new RoomId("!room"), RoomUpgrade.None, IsManaged: true, Exists: true, BotIsIn: true, BotMayInvite: true, InviterIsIn: true, AccountFlag.None, Presence.None);

    private static readonly Dictionary<string, (RoomFacts Facts, RoomVerdict Verdict)> Rows = new()
    {
        ["gone"] = (Free with { Exists = false }, new RoomVerdict.Park("room_gone")),
        ["endless"] = (Free with { Upgrade = RoomUpgrade.Endless }, new RoomVerdict.Park("upgrade_endless")),
        ["unproven"] = (Free with { Upgrade = RoomUpgrade.Unproven }, new RoomVerdict.Park("upgrade_unproven")),
        ["unmanaged"] = (Free with { IsManaged = false }, new RoomVerdict.Settle(RoomStatus.Skipped, "room_not_managed")),
        ["joined"] = (Free with { Person = Presence.Joined }, new RoomVerdict.Settle(RoomStatus.Joined)),
        ["banned"] = (Free with { Person = Presence.Banned }, new RoomVerdict.Settle(RoomStatus.Blocked, "banned")),
        ["left"] = (Free with { Person = Presence.Left }, new RoomVerdict.Settle(RoomStatus.Declined, "left")),
        ["declined"] = (Free with { Person = Presence.Declined }, new RoomVerdict.Settle(RoomStatus.Declined, "declined")),
        ["removed"] = (Free with { Person = Presence.Removed }, new RoomVerdict.Settle(RoomStatus.Declined, "removed")),
        ["deactivated"] = (Free with { Flag = AccountFlag.Deactivated }, new RoomVerdict.Settle(RoomStatus.Blocked, "account_deactivated")),
        ["shadow banned"] = (Free with { Flag = AccountFlag.ShadowBanned }, new RoomVerdict.Settle(RoomStatus.Blocked, "account_shadow_banned")),
        ["locked"] = (Free with { Flag = AccountFlag.Locked }, new RoomVerdict.Park("account_locked")),
        ["suspended"] = (Free with { Flag = AccountFlag.Suspended }, new RoomVerdict.Park("account_suspended")),
        ["inviter outside"] = (Free with { InviterIsIn = false }, new RoomVerdict.Settle(RoomStatus.Skipped, "inviter_not_in_room")),
        ["bot outside"] = (Free with { BotIsIn = false }, new RoomVerdict.Park("bot_not_in_room")),
        ["bot outside, inviter unseen"] = (Free with { BotIsIn = false, InviterIsIn = null }, new RoomVerdict.Park("bot_not_in_room")),
        ["bot without power"] = (Free with { BotMayInvite = false }, new RoomVerdict.Park("bot_lacks_power")),
        ["free"] = (Free, new RoomVerdict.Act()),
        ["upgraded"] = (Free with { Upgrade = RoomUpgrade.Followed }, new RoomVerdict.Act()),
        ["invited"] = (Free with { Person = Presence.Invited }, new RoomVerdict.Act()),
        ["knocked"] = (Free with { Person = Presence.Knocked }, new RoomVerdict.Act()),
        ["banned and bot outside"] = (Free with { Person = Presence.Banned, BotIsIn = false }, new RoomVerdict.Settle(RoomStatus.Blocked, "banned")),
        ["left and locked"] = (Free with { Person = Presence.Left, Flag = AccountFlag.Locked }, new RoomVerdict.Settle(RoomStatus.Declined, "left")),
    };

    public static TheoryData<string> Names => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_state_has_its_reaction(string row) => RoomRules.Judge(Rows[row].Facts).ShouldBe(Rows[row].Verdict);

    [Fact]
    public void After_an_invite_being_invited_is_the_end() =>
        RoomRules.JudgeAfter(Free with { Person = Presence.Invited }, mayJoin: false).ShouldBe(new RoomVerdict.Settle(RoomStatus.Invited));

    [Fact]
    public void After_a_join_being_only_invited_is_not_the_end() =>
        RoomRules.JudgeAfter(Free with { Person = Presence.Invited }, mayJoin: true).ShouldBe(new RoomVerdict.Act());

    [Fact]
    public void Who_is_thrown_out_right_after_joining_is_shown_to_moderators() =>
        RoomRules.JudgeAfter(Free with { Person = Presence.Removed }, mayJoin: true).ShouldBe(new RoomVerdict.Park("removed_after_join"));
}
