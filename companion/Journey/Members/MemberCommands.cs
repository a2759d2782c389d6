using Companion.Foundation.Kernel;

namespace Companion.Journey.Members;

/// <summary>What can be asked of a member's stream.</summary>
public abstract record MemberCommand
{
    private protected MemberCommand()
    {
    }
}

/// <summary>Send a code to another chat account or once more; earlier codes are dead.</summary>
public sealed record RequestChatCode(AccountId Account) : MemberCommand;

/// <summary>What became of sending a code.</summary>
/// <param name="Failure">Null when it was sent.</param>
public sealed record RecordChatCode(int Generation, string? Failure) : MemberCommand;

/// <param name="IsRight">The code given is the one that was sent to the account given.</param>
public sealed record ConfirmChatCode(bool IsRight) : MemberCommand;

public sealed record DisconnectChatAccount : MemberCommand;

public sealed record SetPicture(AccountId Account, PictureId PictureId) : MemberCommand;

public sealed record RemovePicture : MemberCommand;

/// <param name="IsFlagged">Or not any more.</param>
public sealed record FlagMember(AccountId Account, bool IsFlagged, AccountId By) : MemberCommand;

/// <param name="IsFrozen">Or not any more.</param>
/// <param name="Below">With everybody whom the person brought in, at any depth.</param>
public sealed record FreezeInviting(AccountId Account, bool IsFrozen, AccountId By, bool Below = false) : MemberCommand;
