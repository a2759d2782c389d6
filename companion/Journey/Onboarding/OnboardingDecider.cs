using Companion.Community.Directory;
using OnboardingDecision = Companion.Foundation.Kernel.Decision<Companion.Journey.Onboarding.OnboardingEvent>;

namespace Companion.Journey.Onboarding;

/// <summary>The rules of an onboarding. Pure: the same state, command and time give the same answer.</summary>
public static class OnboardingDecider
{
    public static OnboardingDecision Decide(Onboarding state, OnboardingCommand command, DateTimeOffset now)
    {
        var decision = Answer(state, command, now);
        return decision.Events.Count > 0
            ? OnboardingDecision.Accept([.. decision.Events, .. OnboardingConsequences.Of(decision.Events.Aggregate(state, Onboarding.Evolve), now)])
            : decision;
    }

    private static OnboardingDecision Answer(Onboarding state, OnboardingCommand command, DateTimeOffset now) => command switch
    {
        BeginOnboarding c => Begin(state, c, now),
        SettleApproval c => Settle(state, c, now),
        CancelOnboarding c => Unless(IsOver(state), new OnboardingCancelled(new(state.Id), c.Code, now)),
        RecordMemberships c => Record(state, c, now),
        RecordChatAccount c => Record(state, c, now),
        RecordRoom c => Record(state, c, now),
        RecordWelcome c => Unless(
            state.Status != OnboardingStatus.Running || state.Welcome != StepStatus.Pending,
            c.Failure is null ? new WelcomeSent(new(state.Id), now) : new WelcomeSkipped(new(state.Id), c.Failure, now)),
        RetryMemberships c => Retry(state, state.Granting.Status == StepStatus.Stuck, new MembershipsRetried(new(state.Id), c.By, now)),
        RetryChatAccount c => Retry(state, state.ChatAccount.Status == StepStatus.Stuck, new ChatAccountRetried(new(state.Id), c.By, now)),
        RetryRoom c => Retry(state, IsParked(state, c.Room), new RoomRetried(new(state.Id), c.Room, c.By, now)),
        SkipRoom c => Retry(state, IsParked(state, c.Room), new RoomSkipped(new(state.Id), c.Room, "skipped_by_moderator", c.By, now)),
        _ => throw new InvalidOperationException($"Unknown onboarding command {command.GetType().Name}."),
    };

    private static OnboardingDecision Begin(Onboarding state, BeginOnboarding command, DateTimeOffset now) => Unless(
        state.Status != OnboardingStatus.None,
        new OnboardingStarted(
            command.OnboardingId,
            command.InviteId,
            command.Account,
            command.Inviter,
            command.Kind,
            command.Memberships,
            command.Rooms,
            command.Language,
            command.AwaitingApproval,
            now,
            command.DefaultRooms));

    private static OnboardingDecision Settle(Onboarding state, SettleApproval command, DateTimeOffset now) => Unless(
        state.Status != OnboardingStatus.AwaitingApproval || state.Account != command.Account,
        command.Approved ? new OnboardingApproved(new(state.Id), now, command.By) : new OnboardingDenied(new(state.Id), now, command.By));

    private static OnboardingDecision Record(Onboarding state, RecordMemberships command, DateTimeOffset now) => Unless(
        IsVoid(state, state.Granting, command.Generation, command.Failure is null ? StepStatus.Done : StepStatus.Stuck, command.Failure),
        command.Failure is null ? new MembershipsGranted(new(state.Id), now) : new MembershipsFailed(new(state.Id), command.Failure, now));

    private static OnboardingDecision Record(Onboarding state, RecordChatAccount command, DateTimeOffset now) => Unless(
        IsVoid(state, state.ChatAccount, command.Generation, command.Status, command.Code),
        command.Status switch
        {
            StepStatus.Done => new ChatAccountResolved(new(state.Id), now),
            StepStatus.Stuck => new ChatAccountParked(new(state.Id), Reason(command.Code), now),
            StepStatus.Unavailable => new ChatAccountUnavailable(new(state.Id), Reason(command.Code), now),
            _ => throw new InvalidOperationException("A chat account's outcome can't be Pending."),
        });

    private static OnboardingDecision Record(Onboarding state, RecordRoom command, DateTimeOffset now)
    {
        OnboardingId id = new(state.Id);
        return Unless(
            IsVoid(state, command),
            command.Status switch
            {
                RoomStatus.Joined => new RoomJoined(id, command.Room, command.Into, now),
                RoomStatus.Invited => new RoomInvited(id, command.Room, command.Into, now),
                RoomStatus.Parked => new RoomParked(id, command.Room, Reason(command.Code), now),
                RoomStatus.Skipped => new RoomSkipped(id, command.Room, Reason(command.Code), null, now),
                RoomStatus.Declined => new RoomDeclined(id, command.Room, Reason(command.Code), now),
                RoomStatus.Blocked => new RoomBlocked(id, command.Room, Reason(command.Code), now),
                _ => throw new InvalidOperationException("A room's outcome can't be Pending."),
            });
    }

    private static OnboardingDecision Retry(Onboarding state, bool isStuck, OnboardingEvent @event) =>
        state.Status == OnboardingStatus.Running && isStuck
            ? OnboardingDecision.Accept(@event)
            : OnboardingDecision.Refuse(state.Status == OnboardingStatus.None ? OnboardingRefusals.Unknown : OnboardingRefusals.Settled);

    /// <summary>A step's outcome that is late, was known before, or comes after a final one.</summary>
    private static bool IsVoid(Onboarding state, StepProgress step, int generation, StepStatus status, string? code) =>
        state.Status != OnboardingStatus.Running
        || step.Status is StepStatus.Done or StepStatus.Unavailable
        || status == StepStatus.Stuck && (generation != step.Generation || step.Code == code);

    /// <summary>That somebody is in a room stands whatever was decided meanwhile; a room that is in the way counts for its own generation only.</summary>
    private static bool IsVoid(Onboarding state, RecordRoom command) =>
        state.Status is not (OnboardingStatus.Running or OnboardingStatus.Completed)
        || state.Room(command.Room) is not { } room
        || (command.Status == RoomStatus.Parked
            ? room.IsSettled || command.Generation != room.Generation || room.Code == command.Code
            : command.Status <= room.Status);

    private static bool IsParked(Onboarding state, RoomId room) => state.Room(room)?.Status == RoomStatus.Parked;

    private static bool IsOver(Onboarding state) =>
        state.Status is not (OnboardingStatus.AwaitingApproval or OnboardingStatus.Running);

    private static OnboardingDecision Unless(bool isVoid, OnboardingEvent @event) =>
        isVoid ? OnboardingDecision.Nothing : OnboardingDecision.Accept(@event);

    private static string Reason(string? code) => code ?? "unspecified";
}

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

/// <summary>Every reason an onboarding's decider refuses, with its stable code and its sentence.</summary>
public static class OnboardingRefusals
{
    public static Refusal Unknown { get; } = new("problem_unknown", "There is no such problem. Reload the list; it may be solved already.");

    public static Refusal Settled { get; } = new("problem_settled", "This is solved already; reload the list.");

    public static Refusal NotSkippable { get; } = new("problem_not_skippable", "Only a room can be skipped. Repair the cause and try again.");
}
