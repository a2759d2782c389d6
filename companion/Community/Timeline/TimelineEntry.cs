namespace Companion.Community.Timeline;

/// <summary>UserEvent: done by a member or an invitee. AdminEvent: done by an admin, a moderator or the system.</summary>
internal enum TimelineKind
{
    UserEvent,
    AdminEvent,
}

/// <summary>One line of the timeline, written in the transaction that appended its event. No personal data but ids.</summary>
/// <param name="Type">Alias of the event, e.g. invite_redeemed.</param>
/// <param name="Actor">Who did it; null for the system.</param>
/// <param name="Account">Whom it is about: the account that was invited, once there is one.</param>
/// <param name="Inviter">Whose own timeline shows it; null for what only moderators may see.</param>
/// <param name="Detail">A reason code or a room id.</param>
internal sealed record TimelineEntry(
    TimelineKind Kind,
    string Type,
    DateTimeOffset At,
    AccountId? Actor,
    AccountId? Account,
    AccountId? Inviter,
    InviteId? InviteId,
    string? Detail = null);
