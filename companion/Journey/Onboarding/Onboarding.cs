using Companion.Community.Directory;

namespace Companion.Journey.Onboarding;

/// <summary>State of one onboarding, folded from its events.</summary>
public sealed record Onboarding
{
    public static Onboarding Initial { get; } = new();

    public Guid Id { get; init; }

    public OnboardingStatus Status { get; init; }

    public InviteId InviteId { get; init; }

    public AccountId Account { get; init; }

    public AccountId Inviter { get; init; }

    public OnboardingKind Kind { get; init; }

    public string Language { get; init; } = "en";

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When the person was let in: at once, or when a human had approved.</summary>
    public DateTimeOffset? LetInAt { get; init; }

    /// <summary>When the person first was in a room or asked into it; where there are no rooms, when all was done.</summary>
    public DateTimeOffset? InRoomsAt { get; init; }

    public IReadOnlyList<Membership> Memberships { get; init; } = [];

    public StepProgress Granting { get; init; } = new(StepStatus.Pending, null, default, 1);

    public StepProgress ChatAccount { get; init; } = new(StepStatus.Pending, null, default, 1);

    public IReadOnlyList<RoomProgress> Rooms { get; init; } = [];

    public StepStatus Welcome { get; init; }

    /// <summary>The inviter of a newcomer, or the member, was told.</summary>
    public bool Told { get; init; }

    /// <summary>Newcomers with rooms and a chat account get a direct message.</summary>
    internal bool IsWelcomed => Kind == OnboardingKind.Newcomer && Rooms.Count > 0 && ChatAccount.Status != StepStatus.Unavailable;

    public RoomProgress? Room(RoomId id) => Rooms.FirstOrDefault(room => room.Id == id);

    public static Onboarding Evolve(Onboarding state, OnboardingEvent @event) => @event switch
    {
        OnboardingStarted e => Start(e),
        OnboardingApproved e => state with { Status = OnboardingStatus.Running, LetInAt = e.At },
        OnboardingDenied => state with { Status = OnboardingStatus.Denied },
        OnboardingCancelled => state with { Status = OnboardingStatus.Cancelled },
        OnboardingCompleted e => state with
        {
            Status = OnboardingStatus.Completed,
            InRoomsAt = state.Rooms.Count == 0 ? e.At : state.InRoomsAt,
        },
        MembershipsGranted e => state with { Granting = state.Granting.To(StepStatus.Done, null, e.At) },
        MembershipsFailed e => state with { Granting = state.Granting.To(StepStatus.Stuck, e.Code, e.At) },
        MembershipsRetried e => state with { Granting = state.Granting.Again(e.At) },
        ChatAccountResolved e => state with { ChatAccount = state.ChatAccount.To(StepStatus.Done, null, e.At) },
        ChatAccountParked e => state with { ChatAccount = state.ChatAccount.To(StepStatus.Stuck, e.Code, e.At) },
        ChatAccountUnavailable e => state with { ChatAccount = state.ChatAccount.To(StepStatus.Unavailable, e.Code, e.At) },
        ChatAccountRetried e => state with { ChatAccount = state.ChatAccount.Again(e.At) },
        RoomJoined e => state.WithRoom(e.Room, RoomStatus.Joined, null, e.Into, e.At) with { InRoomsAt = state.InRoomsAt ?? e.At },
        RoomInvited e => state.WithRoom(e.Room, RoomStatus.Invited, null, e.Into, e.At) with { InRoomsAt = state.InRoomsAt ?? e.At },
        RoomParked e => state.WithRoom(e.Room, RoomStatus.Parked, e.Code, null, e.At),
        RoomSkipped e => state.WithRoom(e.Room, RoomStatus.Skipped, e.Code, null, e.At),
        RoomDeclined e => state.WithRoom(e.Room, RoomStatus.Declined, e.Code, null, e.At),
        RoomBlocked e => state.WithRoom(e.Room, RoomStatus.Blocked, e.Code, null, e.At),
        RoomRetried e => state.WithRoomAgain(e.Room, e.At),
        WelcomeSent => state with { Welcome = StepStatus.Done },
        WelcomeSkipped => state with { Welcome = StepStatus.Unavailable },
        InviterTold or MemberTold => state with { Told = true },
        _ => throw new InvalidOperationException($"Unknown onboarding event {@event.GetType().Name}."),
    };

    private static Onboarding Start(OnboardingStarted started) => new()
    {
        Id = started.OnboardingId.Value,
        Status = started.AwaitingApproval ? OnboardingStatus.AwaitingApproval : OnboardingStatus.Running,
        InviteId = started.InviteId,
        Account = started.Account,
        Inviter = started.Inviter,
        Kind = started.Kind,
        Language = started.Language,
        StartedAt = started.At,
        LetInAt = started.AwaitingApproval ? null : started.At,
        Memberships = started.Memberships,
        Granting = new StepProgress(StepStatus.Pending, null, started.At, 1),
        ChatAccount = new StepProgress(StepStatus.Pending, null, started.At, 1),
        Rooms =
        [
            .. started.Rooms.Distinct().Select(room => new RoomProgress(room, RoomStatus.Pending, null, null, started.At, 1)),
            .. (started.DefaultRooms ?? []).Distinct().Except(started.Rooms)
                .Select(room => new RoomProgress(room, RoomStatus.Pending, null, null, started.At, 1, IsDefault: true)),
        ],
    };

    private Onboarding WithRoom(RoomId id, RoomStatus status, string? code, RoomId? into, DateTimeOffset at) =>
        WithRoom(id, room => room with { Status = status, Code = code, Into = into, Since = at });

    private Onboarding WithRoomAgain(RoomId id, DateTimeOffset at) =>
        WithRoom(
            id, room => room with { Status = RoomStatus.Pending, Code = null, Into = null, Since = at, Generation = room.Generation + 1 });

    private Onboarding WithRoom(RoomId id, Func<RoomProgress, RoomProgress> change) =>
        this with { Rooms = [.. Rooms.Select(room => room.Id == id ? change(room) : room)] };
}

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
