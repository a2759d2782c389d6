using Companion.Foundation.Kernel;
using Companion.Foundation.Store;

namespace Companion.Journey.Members;

/// <summary>How members are stored.</summary>
internal static class MemberStream
{
    public static AggregateType<Member, MemberEvent> Type { get; } = new(
        Member.Initial,
        Member.Evolve,
        MemberJson.Default.Member,
        [
            EventType.Of(MemberJson.Default.ChatCodeRequested),
            EventType.Of(MemberJson.Default.ChatCodeSent),
            EventType.Of(MemberJson.Default.ChatCodeUndeliverable),
            EventType.Of(MemberJson.Default.ChatCodeMistaken),
            EventType.Of(MemberJson.Default.ChatAccountConnected),
            EventType.Of(MemberJson.Default.ChatAccountDisconnected),
            EventType.Of(MemberJson.Default.PictureSet),
            EventType.Of(MemberJson.Default.PictureRemoved),
            EventType.Of(MemberJson.Default.MemberFlagged),
            EventType.Of(MemberJson.Default.MemberUnflagged),
            EventType.Of(MemberJson.Default.InvitingFrozen),
            EventType.Of(MemberJson.Default.InvitingThawed),
        ])
    {
        Describe = MemberTimeline.Describe,
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
