namespace Companion.Adapters.Matrix;

/// <summary>How somebody stands to a room, and who brought that about.</summary>
internal enum Presence
{
    None,
    Knocked,
    Invited,
    Joined,
    Banned,

    /// <summary>Was in and went.</summary>
    Left,

    /// <summary>Was invited and said no, or took a knock back.</summary>
    Declined,

    /// <summary>Somebody else ended it.</summary>
    Removed,
}

internal enum RoomUpgrade
{
    None,
    Followed,

    /// <summary>The replacement does not name its predecessor: anybody with power could have pointed it there.</summary>
    Unproven,

    Endless,
}

internal enum AccountFlag
{
    None,
    Deactivated,
    Locked,
    Suspended,
    ShadowBanned,
}

/// <summary>What was read of one room and one person before acting, and again after.</summary>
/// <param name="Room">The end of the chain of upgrades.</param>
/// <param name="BotMayInvite">Meaningless while the bot is not in.</param>
/// <param name="InviterIsIn">Null when nobody need be, and when it can't be seen: no admin API, and the bot is outside.</param>
internal sealed record RoomFacts(
    RoomId Room,
    RoomUpgrade Upgrade,
    bool IsManaged,
    bool Exists,
    bool BotIsIn,
    bool BotMayInvite,
    bool? InviterIsIn,
    AccountFlag Flag,
    Presence Person);
