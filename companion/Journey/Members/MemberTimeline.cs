using Companion.Community.Timeline;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;

namespace Companion.Journey.Members;

/// <summary>What of a member's own things the timeline shows: to the person and to moderators.</summary>
internal static class MemberTimeline
{
    public static TimelineEntry? Describe(Member state, MemberEvent @event) => @event switch
    {
        ChatCodeRequested e => ByPerson(state, e, e.At),
        ChatCodeSent => null,
        ChatCodeUndeliverable e => ByPerson(state, e, e.At) with { Kind = TimelineKind.AdminEvent, Actor = null, Detail = e.Code },
        ChatCodeMistaken e => ByPerson(state, e, e.At),
        ChatAccountConnected e => ByPerson(state, e, e.At),
        ChatAccountDisconnected e => ByPerson(state, e, e.At),
        PictureSet e => ByPerson(state, e, e.At),
        PictureRemoved e => ByPerson(state, e, e.At),
        MemberFlagged e => ByModerator(state, e, e.At, e.By),
        MemberUnflagged e => ByModerator(state, e, e.At, e.By),
        InvitingFrozen e => ByModerator(state, e, e.At, e.By) with { Detail = e.Below ? "below" : null },
        InvitingThawed e => ByModerator(state, e, e.At, e.By),
        _ => throw new InvalidOperationException($"Unknown member event {@event.GetType().Name}."),
    };

    /// <summary>For moderators only.</summary>
    private static TimelineEntry ByModerator(Member state, MemberEvent @event, DateTimeOffset at, AccountId by) =>
        ByPerson(state, @event, at) with { Kind = TimelineKind.AdminEvent, Actor = by, Inviter = null };

    private static TimelineEntry ByPerson(Member state, MemberEvent @event, DateTimeOffset at) => new(
        TimelineKind.UserEvent, EventType.SnakeCase(@event.GetType().Name), at, state.Account, state.Account, state.Account, null);
}
