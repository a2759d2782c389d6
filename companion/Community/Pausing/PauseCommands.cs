using Companion.Foundation.Kernel;

namespace Companion.Community.Pausing;

/// <summary>What can be asked of the pause.</summary>
public abstract record PauseCommand
{
    private protected PauseCommand()
    {
    }
}

public sealed record PauseInviting(AccountId By) : PauseCommand;

public sealed record ResumeInviting(AccountId By) : PauseCommand;
