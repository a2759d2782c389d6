using PauseDecision = Companion.Foundation.Kernel.Decision<Companion.Community.Pausing.PauseEvent>;

namespace Companion.Community.Pausing;

/// <summary>The rules of pausing. Pure: the same state, command and time give the same answer.</summary>
public static class PauseDecider
{
    public static PauseDecision Decide(Pause state, PauseCommand command, DateTimeOffset now) => command switch
    {
        PauseInviting c => state.IsPaused ? PauseDecision.Nothing : PauseDecision.Accept(new InvitingPaused(c.By, now)),
        ResumeInviting c => state.IsPaused ? PauseDecision.Accept(new InvitingResumed(c.By, now)) : PauseDecision.Nothing,
        _ => throw new InvalidOperationException($"Unknown pause command {command.GetType().Name}."),
    };
}
