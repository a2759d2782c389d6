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

/// <summary>What can be asked of a member's stream.</summary>
public abstract record MemberCommand
{
    private protected MemberCommand()
    {
    }
}

/// <summary>Send a code to another chat account or once more; earlier codes are dead.</summary>
public sealed record RequestChatCode(AccountId Account) : MemberCommand;

/// <summary>What became of sending a code.</summary>
/// <param name="Failure">Null when it was sent.</param>
public sealed record RecordChatCode(int Generation, string? Failure) : MemberCommand;

/// <param name="IsRight">The code given is the one that was sent to the account given.</param>
public sealed record ConfirmChatCode(bool IsRight) : MemberCommand;

public sealed record DisconnectChatAccount : MemberCommand;

public sealed record SetPicture(AccountId Account, PictureId PictureId) : MemberCommand;

public sealed record RemovePicture : MemberCommand;

/// <param name="IsFlagged">Or not any more.</param>
public sealed record FlagMember(AccountId Account, bool IsFlagged, AccountId By) : MemberCommand;

/// <param name="IsFrozen">Or not any more.</param>
/// <param name="Below">With everybody whom the person brought in, at any depth.</param>
public sealed record FreezeInviting(AccountId Account, bool IsFrozen, AccountId By, bool Below = false) : MemberCommand;

/// <summary>Every reason a member's own things are not changed, with its stable code and its sentence.</summary>
public static class MemberRefusals
{
    public static Refusal MatrixIdMalformed { get; } = new(
        "matrix_id_malformed", "A Matrix id looks like @anna:example.org. Copy it from your chat app's settings.", "matrixId");

    public static Refusal MatrixTaken { get; } = new(
        "matrix_taken", "This Matrix account belongs to another account here. Sign in with that one, or use another Matrix account.", "matrixId");

    public static Refusal MatrixUnreachable { get; } = new(
        "matrix_unreachable", "No code could be sent to this Matrix account. Check the id and try again.", "matrixId");

    public static Refusal CodeLimit { get; } = new(
        "code_limit", "Several codes were asked for already. Try again later.", "matrixId");

    public static Refusal CodeWrong { get; } = new("code_wrong", "This is not the code. Copy it from the bot's message.", "code");

    public static Refusal CodeExpired { get; } = new("code_expired", "This code is no longer valid. Ask for a new one.", "code");

    public static Refusal PictureMalformed { get; } = new(
        "picture_malformed", "This is not a JPEG picture that can be used. Choose another one.");

    public static Refusal PictureTooLarge { get; } = new(
        "picture_too_large", "The picture is too large. Send at most 512 by 512 pixels and 256 kB.");
}
