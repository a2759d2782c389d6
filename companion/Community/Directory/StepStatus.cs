namespace Companion.Community.Directory;

/// <summary>How far something is that is done for a person.</summary>
public enum StepStatus
{
    Pending,

    /// <summary>Does not work now; the code says why.</summary>
    Stuck,

    Done,

    /// <summary>Will never work, and the onboarding goes on without it.</summary>
    Unavailable,
}
