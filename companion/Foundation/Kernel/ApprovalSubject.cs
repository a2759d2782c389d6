namespace Companion.Foundation.Kernel;

/// <summary>What is decided on.</summary>
public enum ApprovalSubject
{
    /// <summary>The invite, before anything is sent.</summary>
    Invite,

    /// <summary>The account, after its registration.</summary>
    Newcomer,
}
