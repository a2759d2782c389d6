using Companion.Foundation.Kernel;

namespace Companion.Community.Pausing;

/// <summary>Moderators stopped all inviting, or let it go on. Append-only contracts; the text that people read is kept elsewhere.</summary>
public abstract record PauseEvent
{
    private protected PauseEvent()
    {
    }
}

public sealed record InvitingPaused(AccountId By, DateTimeOffset At) : PauseEvent;

public sealed record InvitingResumed(AccountId By, DateTimeOffset At) : PauseEvent;
