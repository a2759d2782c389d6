namespace Companion.Community.Pausing;

/// <summary>Whether all inviting is paused, folded from its events. There is one such stream.</summary>
public sealed record Pause
{
    /// <summary>The stream's id.</summary>
    public static readonly Guid TheOne = new("6a2f0d5e-7c0b-8e53-9d41-8f1f0a7c3b12");

    public static Pause Initial { get; } = new();

    public Guid Id { get; init; } = TheOne;

    public bool IsPaused { get; init; }

    /// <summary>When it was paused; null while it is not.</summary>
    public DateTimeOffset? Since { get; init; }

    public AccountId? By { get; init; }

    public static Pause Evolve(Pause state, PauseEvent @event) => @event switch
    {
        InvitingPaused e => state with { IsPaused = true, Since = e.At, By = e.By },
        InvitingResumed => state with { IsPaused = false, Since = null, By = null },
        _ => throw new InvalidOperationException($"Unknown pause event {@event.GetType().Name}."),
    };
}

/// <summary>Moderators stopped all inviting, or let it go on. Append-only contracts; the text that people read is kept elsewhere.</summary>
public abstract record PauseEvent
{
    private protected PauseEvent()
    {
    }
}

public sealed record InvitingPaused(AccountId By, DateTimeOffset At) : PauseEvent;

public sealed record InvitingResumed(AccountId By, DateTimeOffset At) : PauseEvent;
