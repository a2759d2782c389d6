using Companion.Delivery;
using Companion.EventStore;

namespace Companion.Onboarding;

/// <summary>Which to-dos an event brings: one row per desired fact, written in the transaction that appends the event.</summary>
internal static class OnboardingPlan
{
    public static void Enqueue(UnitOfWork unit, Onboarding state, IReadOnlyList<OnboardingEvent> events)
    {
        foreach (var @event in events)
        {
            Enqueue(unit, state, @event);
        }
    }

    /// <summary>Newcomers with rooms and a chat account get a direct message.</summary>
    internal static bool WelcomesBy(Onboarding state) =>
        state is { Kind: OnboardingKind.Newcomer, Rooms.Count: > 0, ChatAccount.Status: not StepStatus.Unavailable };

    private static void Enqueue(UnitOfWork unit, Onboarding state, OnboardingEvent @event)
    {
        switch (@event)
        {
            case OnboardingStarted { AwaitingApproval: true }:
                unit.Enqueue(OnboardingOutbox.Approval, state.Id, new OnboardingStepDue(1));
                break;
            case OnboardingStarted or OnboardingApproved:
                Begin(unit, state);
                break;
            case MembershipsRetried:
                unit.Enqueue(OnboardingOutbox.Memberships, state.Id, new OnboardingStepDue(state.Granting.Generation));
                break;
            case ChatAccountRetried:
                unit.Enqueue(OnboardingOutbox.ChatAccount, state.Id, new OnboardingStepDue(state.ChatAccount.Generation));
                break;
            case ChatAccountResolved:
                EnterRooms(unit, state);
                break;
            case RoomRetried e:
                unit.Enqueue(OnboardingOutbox.Room, state.Id, new OnboardingRoomDue(e.Room, state.Room(e.Room)!.Generation));
                break;
            case InviterTold:
                unit.Enqueue(
                    DeliveryOutbox.Notice, state.Id, new NoticeMailDue(state.Inviter, NoticeTemplates.Joined, state.Account, state.InviteId));
                break;
            case MemberTold:
                unit.Enqueue(
                    DeliveryOutbox.Notice, state.Id, new NoticeMailDue(state.Account, NoticeTemplates.MemberAdded, state.Inviter));
                break;
        }
    }

    private static void Begin(UnitOfWork unit, Onboarding state)
    {
        unit.Enqueue(OnboardingOutbox.Memberships, state.Id, new OnboardingStepDue(state.Granting.Generation));
        if (state.Rooms.Count > 0)
        {
            unit.Enqueue(OnboardingOutbox.ChatAccount, state.Id, new OnboardingStepDue(state.ChatAccount.Generation));
        }
    }

    private static void EnterRooms(UnitOfWork unit, Onboarding state)
    {
        foreach (var room in state.Rooms.Where(room => !room.IsSettled))
        {
            unit.Enqueue(OnboardingOutbox.Room, state.Id, new OnboardingRoomDue(room.Id, room.Generation));
        }

        if (WelcomesBy(state))
        {
            unit.Enqueue(OnboardingOutbox.Welcome, state.Id, new OnboardingStepDue(1));
        }
    }
}
