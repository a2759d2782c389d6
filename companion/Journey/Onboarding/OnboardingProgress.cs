using Companion.Community.Directory;
using Companion.Foundation.Kernel;

namespace Companion.Journey.Onboarding;

public enum OnboardingStatus
{
    None,
    AwaitingApproval,
    Running,
    Completed,
    Denied,
    Cancelled,
}

/// <summary>How far one step is.</summary>
/// <param name="Generation">Counts retries by moderators from 1; work of an earlier generation is void.</param>
public sealed record StepProgress(StepStatus Status, string? Code, DateTimeOffset Since, int Generation)
{
    internal StepProgress To(StepStatus status, string? code, DateTimeOffset at) => this with { Status = status, Code = code, Since = at };

    internal StepProgress Again(DateTimeOffset at) => new(StepStatus.Pending, null, at, Generation + 1);
}

/// <summary>How far one room is.</summary>
/// <param name="Into">The room that has replaced it.</param>
/// <param name="Generation">As in <see cref="StepProgress"/>.</param>
/// <param name="IsDefault">Chosen by what the newcomer answered; the inviter need not be in it.</param>
public sealed record RoomProgress(
    RoomId Id, RoomStatus Status, string? Code, RoomId? Into, DateTimeOffset Since, int Generation, bool IsDefault = false)
{
    internal bool IsSettled => Status > RoomStatus.Parked;
}
