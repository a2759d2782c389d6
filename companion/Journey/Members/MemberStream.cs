using Companion.Community.Timeline;

namespace Companion.Journey.Members;

/// <summary>How members are stored.</summary>
internal static class MemberStream
{
    public static AggregateType<Member, MemberEvent> Type { get; } = new(Member.Initial, Member.Evolve, MemberJson.Default)
    {
        Tell = TimelineSql.Telling<Member, MemberEvent>(MemberTimeline.Describe),
        FollowUp = MemberOutbox.FollowUp,
        Details = member => [ChatCodeTable.Connect(new MemberId(member.Id), member.Connected), Details(member)],
    };

    /// <returns>Why nothing was changed; null when the command holds now.</returns>
    public static Task<Refusal?> ChangeAsync(UnitOfWork unit, MemberId id, MemberCommand command, CancellationToken cancellationToken) =>
        unit.ChangeAsync(Type, id.Value, state => MemberDecider.Decide(state, command, unit.Now), cancellationToken);

    private static Statement Details(Member member) => new(
        """
        insert into companion.member_details (account, is_flagged, is_frozen, freezes_below)
        values (@account, @is_flagged, @is_frozen, @freezes_below)
        on conflict (account) do update
        set is_flagged = excluded.is_flagged, is_frozen = excluded.is_frozen, freezes_below = excluded.freezes_below
        """,
        [
            Param.Text("account", member.Account.Value),
            Param.Bool("is_flagged", member.IsFlagged),
            Param.Bool("is_frozen", member.IsFrozen),
            Param.Bool("freezes_below", member.FreezesBelow),
        ]);
}

/// <summary>Stored shapes of the member stream: member names as they are, enums as strings.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(Member))]
[JsonSerializable(typeof(ChatCodeRequested))]
[JsonSerializable(typeof(ChatCodeSent))]
[JsonSerializable(typeof(ChatCodeUndeliverable))]
[JsonSerializable(typeof(ChatCodeMistaken))]
[JsonSerializable(typeof(ChatAccountConnected))]
[JsonSerializable(typeof(ChatAccountDisconnected))]
[JsonSerializable(typeof(PictureSet))]
[JsonSerializable(typeof(PictureRemoved))]
[JsonSerializable(typeof(MemberFlagged))]
[JsonSerializable(typeof(MemberUnflagged))]
[JsonSerializable(typeof(InvitingFrozen))]
[JsonSerializable(typeof(InvitingThawed))]
internal sealed partial class MemberJson : JsonSerializerContext;

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
        TimelineKind.UserEvent, JsonNamingPolicy.SnakeCaseLower.ConvertName(@event.GetType().Name), at, state.Account, state.Account, state.Account, null);
}
