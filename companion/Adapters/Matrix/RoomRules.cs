using Companion.Community.Directory;

namespace Companion.Adapters.Matrix;

/// <summary>What to do about one room and one person.</summary>
internal abstract record RoomVerdict
{
    private RoomVerdict()
    {
    }

    /// <summary>It has come to an end.</summary>
    public sealed record Settle(RoomStatus Status, string? Code = null) : RoomVerdict;

    /// <summary>Somebody has to do something about the room or the account first.</summary>
    public sealed record Park(string Code) : RoomVerdict;

    /// <summary>The way is free: join or invite the person.</summary>
    public sealed record Act : RoomVerdict;
}

/// <summary>The one table of what may stand between a person and a room. The first row that fits decides; it goes by state, never by error texts.</summary>
internal static class RoomRules
{
    private static readonly (Func<RoomFacts, bool> Fits, RoomVerdict Verdict)[] Table =
    [
        (f => !f.Exists, new RoomVerdict.Park("room_gone")),
        (f => f.Upgrade == RoomUpgrade.Endless, new RoomVerdict.Park("upgrade_endless")),
        (f => f.Upgrade == RoomUpgrade.Unproven, new RoomVerdict.Park("upgrade_unproven")),
        (f => !f.IsManaged, new RoomVerdict.Settle(RoomStatus.Skipped, "room_not_managed")),
        (f => f.Person == Presence.Joined, new RoomVerdict.Settle(RoomStatus.Joined)),
        (f => f.Person == Presence.Banned, new RoomVerdict.Settle(RoomStatus.Blocked, "banned")),
        (f => f.Person == Presence.Left, new RoomVerdict.Settle(RoomStatus.Declined, "left")),
        (f => f.Person == Presence.Declined, new RoomVerdict.Settle(RoomStatus.Declined, "declined")),
        (f => f.Person == Presence.Removed, new RoomVerdict.Settle(RoomStatus.Declined, "removed")),
        (f => f.Flag == AccountFlag.Deactivated, new RoomVerdict.Settle(RoomStatus.Blocked, "account_deactivated")),
        (f => f.Flag == AccountFlag.ShadowBanned, new RoomVerdict.Settle(RoomStatus.Blocked, "account_shadow_banned")),
        (f => f.Flag == AccountFlag.Locked, new RoomVerdict.Park("account_locked")),
        (f => f.Flag == AccountFlag.Suspended, new RoomVerdict.Park("account_suspended")),
        (f => f.InviterIsIn == false, new RoomVerdict.Settle(RoomStatus.Skipped, "inviter_not_in_room")),
        (f => !f.BotIsIn, new RoomVerdict.Park("bot_not_in_room")),
        (f => !f.BotMayInvite, new RoomVerdict.Park("bot_lacks_power")),
    ];

    public static RoomVerdict Judge(RoomFacts facts)
    {
        foreach (var (fits, verdict) in Table)
        {
            if (fits(facts))
            {
                return verdict;
            }
        }

        return new RoomVerdict.Act();
    }

    /// <summary>What the state after the act says about it.</summary>
    /// <param name="mayJoin">The person was to be joined; otherwise an invite is all there is to reach.</param>
    public static RoomVerdict JudgeAfter(RoomFacts facts, bool mayJoin) => facts.Person switch
    {
        Presence.Invited when !mayJoin => new RoomVerdict.Settle(RoomStatus.Invited),
        // Seen where a bridge tolerates nobody without an account of its own.
        Presence.Removed => new RoomVerdict.Park("removed_after_join"),
        _ => Judge(facts),
    };
}
