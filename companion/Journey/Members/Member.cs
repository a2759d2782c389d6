using Companion.Foundation.Kernel;

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
