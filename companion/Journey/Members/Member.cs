namespace Companion.Journey.Members;

/// <summary>What the companion itself knows about an account, folded from its events. Who the person is, the identity provider knows.</summary>
public sealed record Member
{
    public static Member Initial { get; } = new();

    public Guid Id { get; init; }

    public AccountId Account { get; init; }

    /// <summary>Codes asked for so far; the generation of the latest.</summary>
    public int Generation { get; init; }

    /// <summary>The code that is out; null when none is.</summary>
    public PendingCode? Code { get; init; }

    /// <summary>Generation of the code that proved the chat account; null where none is connected.</summary>
    public int? Connected { get; init; }

    public PictureId? Picture { get; init; }

    /// <summary>Moderators want to see what this person does; rules may ask for it.</summary>
    public bool IsFlagged { get; init; }

    /// <summary>May invite nobody until a moderator says otherwise.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>And so may nobody whom this person brought in, at any depth.</summary>
    public bool FreezesBelow { get; init; }

    public static Member Evolve(Member state, MemberEvent @event) => @event switch
    {
        ChatCodeRequested e => state with
        {
            Id = e.MemberId.Value,
            Account = e.Account,
            Generation = e.Generation,
            Code = new PendingCode(e.Generation, e.ExpiresAt),
        },
        ChatCodeSent => state with { Code = state.Code! with { Status = CodeStatus.Sent } },
        ChatCodeUndeliverable e => state with { Code = state.Code! with { Status = CodeStatus.Undeliverable, Failure = e.Code } },
        ChatCodeMistaken => state with { Code = state.Code! with { Mistakes = state.Code.Mistakes + 1 } },
        ChatAccountConnected e => state with { Code = null, Connected = e.Generation },
        ChatAccountDisconnected => state with { Connected = null },
        PictureSet e => state with { Id = e.MemberId.Value, Account = e.Account, Picture = e.PictureId },
        PictureRemoved => state with { Picture = null },
        MemberFlagged e => state with { Id = e.MemberId.Value, Account = e.Account, IsFlagged = true },
        MemberUnflagged => state with { IsFlagged = false },
        InvitingFrozen e => state with { Id = e.MemberId.Value, Account = e.Account, IsFrozen = true, FreezesBelow = e.Below },
        InvitingThawed => state with { IsFrozen = false, FreezesBelow = false },
        _ => throw new InvalidOperationException($"Unknown member event {@event.GetType().Name}."),
    };
}

/// <summary>A code on its way to a chat account.</summary>
/// <param name="Failure">Why it can't be delivered.</param>
public sealed record PendingCode(
    int Generation, DateTimeOffset ExpiresAt, CodeStatus Status = CodeStatus.Requested, int Mistakes = 0, string? Failure = null);

public enum CodeStatus
{
    Requested,
    Sent,
    Undeliverable,
}

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
