using Companion.Foundation.Kernel;

namespace Companion.Journey.Members;

/// <summary>What happened to what is kept here about an account. Append-only contracts, without chat ids: those are personal data.</summary>
public abstract record MemberEvent
{
    private protected MemberEvent()
    {
    }
}

/// <summary>The person named a chat account; the bot is to send it a code.</summary>
/// <param name="Generation">1 for the first code, then counted up; names the chat account in companion.chat_code.</param>
public sealed record ChatCodeRequested(
    MemberId MemberId, AccountId Account, int Generation, DateTimeOffset ExpiresAt, DateTimeOffset At) : MemberEvent;

public sealed record ChatCodeSent(MemberId MemberId, int Generation, DateTimeOffset At) : MemberEvent;

/// <param name="Code">matrix_unreachable or matrix_taken.</param>
public sealed record ChatCodeUndeliverable(MemberId MemberId, int Generation, string Code, DateTimeOffset At) : MemberEvent;

/// <summary>A wrong code was given.</summary>
public sealed record ChatCodeMistaken(MemberId MemberId, DateTimeOffset At) : MemberEvent;

/// <summary>The code came back: the chat account is this person's.</summary>
public sealed record ChatAccountConnected(MemberId MemberId, int Generation, DateTimeOffset At) : MemberEvent;

public sealed record ChatAccountDisconnected(MemberId MemberId, DateTimeOffset At) : MemberEvent;

public sealed record PictureSet(MemberId MemberId, AccountId Account, PictureId PictureId, DateTimeOffset At) : MemberEvent;

/// <summary>A moderator wants to see what this person does.</summary>
public sealed record MemberFlagged(MemberId MemberId, AccountId Account, AccountId By, DateTimeOffset At) : MemberEvent;

public sealed record MemberUnflagged(MemberId MemberId, AccountId By, DateTimeOffset At) : MemberEvent;

/// <summary>The person may invite nobody any more, and nobody comes in by the invites that are out.</summary>
/// <param name="Below">So it is for everybody whom the person brought in, at any depth, now and later.</param>
public sealed record InvitingFrozen(MemberId MemberId, AccountId Account, AccountId By, DateTimeOffset At, bool Below = false) : MemberEvent;

public sealed record InvitingThawed(MemberId MemberId, AccountId By, DateTimeOffset At) : MemberEvent;

public sealed record PictureRemoved(MemberId MemberId, DateTimeOffset At) : MemberEvent;
