using Companion.Foundation.Kernel;
using MemberDecision = Companion.Foundation.Kernel.Decision<Companion.Journey.Members.MemberEvent>;

namespace Companion.Journey.Members;

/// <summary>The rules of a member's own things. Pure: the same state, command and time give the same answer.</summary>
public static class MemberDecider
{
    public static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(10);

    /// <summary>Wrong tries after which a code is dead: eight digits and this many tries can't be guessed.</summary>
    public const int MaxMistakes = 5;

    public static MemberDecision Decide(Member state, MemberCommand command, DateTimeOffset now) => command switch
    {
        RequestChatCode c => MemberDecision.Accept(
            new ChatCodeRequested(MemberId.Of(c.Account), c.Account, state.Generation + 1, now + CodeLifetime, now)),
        RecordChatCode c => Record(state, c, now),
        ConfirmChatCode c => Confirm(state, c, now),
        DisconnectChatAccount => Unless(state.Connected is null, new ChatAccountDisconnected(new(state.Id), now)),
        SetPicture c => Unless(
            state.Picture == c.PictureId, new PictureSet(MemberId.Of(c.Account), c.Account, c.PictureId, now)),
        RemovePicture => Unless(state.Picture is null, new PictureRemoved(new(state.Id), now)),
        FlagMember c => Unless(state.IsFlagged == c.IsFlagged, c.IsFlagged
            ? new MemberFlagged(MemberId.Of(c.Account), c.Account, c.By, now)
            : new MemberUnflagged(new(state.Id), c.By, now)),
        FreezeInviting { IsFrozen: true } c => Unless(
            state.IsFrozen && state.FreezesBelow == c.Below, new InvitingFrozen(MemberId.Of(c.Account), c.Account, c.By, now, c.Below)),
        FreezeInviting c => Unless(!state.IsFrozen, new InvitingThawed(new(state.Id), c.By, now)),
        _ => throw new InvalidOperationException($"Unknown member command {command.GetType().Name}."),
    };

    /// <summary>That a code was sent may be noted later than it is read.</summary>
    private static MemberDecision Confirm(Member state, ConfirmChatCode command, DateTimeOffset now) => state.Code switch
    {
        null or { Status: CodeStatus.Undeliverable } or { Mistakes: >= MaxMistakes } => MemberDecision.Refuse(MemberRefusals.CodeExpired),
        { } code when now >= code.ExpiresAt => MemberDecision.Refuse(MemberRefusals.CodeExpired),
        { } code when command.IsRight =>
            MemberDecision.Accept(new ChatAccountConnected(new(state.Id), code.Generation, now)),
        _ => MemberDecision.Accept(new ChatCodeMistaken(new(state.Id), now)),
    };

    private static MemberDecision Record(Member state, RecordChatCode command, DateTimeOffset now) => Unless(
        state.Code is not { Status: CodeStatus.Requested } code || code.Generation != command.Generation,
        command.Failure is null
            ? new ChatCodeSent(new(state.Id), command.Generation, now)
            : new ChatCodeUndeliverable(new(state.Id), command.Generation, command.Failure, now));

    private static MemberDecision Unless(bool isVoid, MemberEvent @event) =>
        isVoid ? MemberDecision.Nothing : MemberDecision.Accept(@event);
}
