using Companion.Community.Directory;
using Companion.Foundation.Kernel;

namespace Companion.Journey.Onboarding;

public abstract record OnboardingCommand
{
    private protected OnboardingCommand()
    {
    }
}

public sealed record BeginOnboarding(
    OnboardingId OnboardingId,
    InviteId InviteId,
    AccountId Account,
    AccountId Inviter,
    OnboardingKind Kind,
    IReadOnlyList<Membership> Memberships,
    IReadOnlyList<RoomId> Rooms,
    IReadOnlyList<RoomId> DefaultRooms,
    string Language,
    bool AwaitingApproval) : OnboardingCommand;

/// <param name="Account">Whom the decision is about; another account than the onboarding's changes nothing.</param>
public sealed record SettleApproval(AccountId Account, bool Approved, AccountId? By = null) : OnboardingCommand;

public sealed record CancelOnboarding(string Code) : OnboardingCommand;

/// <param name="Failure">Null when the account belongs to everything.</param>
public sealed record RecordMemberships(int Generation, string? Failure) : OnboardingCommand;

/// <param name="Status">Never Pending.</param>
public sealed record RecordChatAccount(int Generation, StepStatus Status, string? Code) : OnboardingCommand;

/// <param name="Status">Never Pending.</param>
/// <param name="Code">Why; null when joined or invited.</param>
/// <param name="Into">The room that has replaced it, when joined or invited there.</param>
public sealed record RecordRoom(RoomId Room, int Generation, RoomStatus Status, string? Code, RoomId? Into) : OnboardingCommand;

/// <param name="Failure">Null when the message was sent.</param>
public sealed record RecordWelcome(string? Failure) : OnboardingCommand;

public sealed record RetryMemberships(AccountId By) : OnboardingCommand;

public sealed record RetryChatAccount(AccountId By) : OnboardingCommand;

public sealed record RetryRoom(RoomId Room, AccountId By) : OnboardingCommand;

public sealed record SkipRoom(RoomId Room, AccountId By) : OnboardingCommand;
