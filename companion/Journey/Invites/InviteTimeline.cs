using Companion.Community.Timeline;

namespace Companion.Journey.Invites;

/// <summary>What of an invite the timeline shows, and to whom.</summary>
internal static class InviteTimeline
{
    public static TimelineEntry? Describe(Invite state, InviteEvent @event) => @event switch
    {
        InviteIssued e => ByPerson(state, e, e.At, e.Inviter),
        InviteApproved e => BySystem(state, e, e.At),
        InviteDenied e => BySystem(state, e, e.At),
        InviteResent e => ByInviterOrModerator(state, e, e.At, e.By),
        InviteExtended e => ByInviterOrModerator(state, e, e.At, e.By),
        InviteLinkTaken e => ByInviterOrModerator(state, e, e.At, e.By),
        InviteSent e => BySystem(state, e, e.At),
        InviteDeliveryFailed e => BySystem(state, e, e.At, e.Reason),
        InviteDeliveryUnknown e => BySystem(state, e, e.At),
        // Tells that the address is a member's: for moderators only.
        InviteMatchedAccount e => BySystem(state, e, e.At) with { Account = e.Account, Inviter = null },
        InviteReminded e => BySystem(state, e, e.At, JsonNamingPolicy.SnakeCaseLower.ConvertName(e.To.ToString())),
        InviteRevoked e => ByInviterOrModerator(state, e, e.At, e.By),
        InviteDeclined e => ByPerson(state, e, e.At, null),
        InviteExpired e => BySystem(state, e, e.At),
        InviteClaimed e => ByPerson(state, e, e.At, null),
        InviteReleased e => BySystem(state, e, e.At, e.Reason),
        InviteRedeemed e => ByPerson(state, e, e.At, e.Account) with { Account = e.Account },
        InviteContested e => BySystem(state, e, e.At) with { Account = e.Account, Inviter = null },
        _ => throw new InvalidOperationException($"Unknown invite event {@event.GetType().Name}."),
    };

    private static TimelineEntry ByPerson(Invite state, InviteEvent @event, DateTimeOffset at, AccountId? actor) =>
        Entry(TimelineKind.UserEvent, state, @event, at, null) with { Actor = actor };

    /// <summary>The inviter's own act, or a moderator's or the operator's on the inviter's invite.</summary>
    private static TimelineEntry ByInviterOrModerator(Invite state, InviteEvent @event, DateTimeOffset at, AccountId? actor) =>
        ByPerson(state, @event, at, actor) with
        {
            Kind = actor == state.Inviter ? TimelineKind.UserEvent : TimelineKind.AdminEvent,
        };

    private static TimelineEntry BySystem(Invite state, InviteEvent @event, DateTimeOffset at, string? detail = null) =>
        Entry(TimelineKind.AdminEvent, state, @event, at, detail);

    private static TimelineEntry Entry(TimelineKind kind, Invite state, InviteEvent @event, DateTimeOffset at, string? detail) => new(
        kind, JsonNamingPolicy.SnakeCaseLower.ConvertName(@event.GetType().Name), at, null, state.Account, state.Inviter, new InviteId(state.Id), detail);
}
