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

/// <summary>What can be asked of the pause.</summary>
public abstract record PauseCommand
{
    private protected PauseCommand()
    {
    }
}

public sealed record PauseInviting(AccountId By) : PauseCommand;

public sealed record ResumeInviting(AccountId By) : PauseCommand;

/// <summary>Why nobody is invited or registers now.</summary>
public static class PauseRefusals
{
    public const string Code = "inviting_paused";

    /// <param name="text">What moderators wrote about it.</param>
    public static Refusal Paused(string? text) => new(
        Code, "The moderators have paused all inviting. Ask one of them, or come back when they let it go on.", Argument: text);
}
