using Companion.Decisions;
using Companion.Directory;
using Companion.EventStore;
using Npgsql;

namespace Companion.Members;

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
        Details = member => ChatCodeTable.Connect(new MemberId(member.Id), member.Connected),
    };

    /// <summary>Whether this account may invite nobody until a moderator says otherwise.</summary>
    public static async Task<bool> IsFrozenAsync(NpgsqlDataSource dataSource, AccountId account, CancellationToken cancellationToken) =>
        (await dataSource.ReadAsync(Type, MemberId.Of(account).Value, cancellationToken)).IsFrozen;

    /// <returns>Why nothing was changed; null when the command holds now.</returns>
    public static Task<Refusal?> ChangeAsync(UnitOfWork unit, MemberId id, MemberCommand command, CancellationToken cancellationToken) =>
        unit.ChangeAsync(Type, id.Value, state => MemberDecider.Decide(state, command, unit.Now), cancellationToken);
}
