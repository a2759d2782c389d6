using Companion.Community.Approvals;
using Companion.Community.Messages;
using Companion.Foundation.Outbox;

namespace Companion.Journey.Onboarding;

/// <summary>The background jobs of an onboarding, and which event brings which; each row's stream is the onboarding's.</summary>
internal static class OnboardingOutbox
{
    public static OutboxKind<OnboardingStepDue> Approval { get; } = new("onboarding_approval", OnboardingOutboxJson.Default.OnboardingStepDue);

    public static OutboxKind<OnboardingStepDue> Memberships { get; } = new("onboarding_memberships", OnboardingOutboxJson.Default.OnboardingStepDue);

    public static OutboxKind<OnboardingStepDue> ChatAccount { get; } = new("onboarding_chat_account", OnboardingOutboxJson.Default.OnboardingStepDue);

    public static OutboxKind<OnboardingRoomDue> Room { get; } = new("onboarding_room", OnboardingOutboxJson.Default.OnboardingRoomDue);

    public static OutboxKind<OnboardingStepDue> Welcome { get; } = new("onboarding_welcome", OnboardingOutboxJson.Default.OnboardingStepDue);

    /// <summary>End what a denied account has in the chat.</summary>
    public static OutboxKind<DeniedAccountDue> Closing { get; } = new("chat_account_closing", OnboardingOutboxJson.Default.DeniedAccountDue);

    /// <summary>Until a decision is seen.</summary>
    public static OnboardingStepDue FirstLooks { get; } = new(1);

    /// <summary>After a decision was seen.</summary>
    public static OnboardingStepDue LastLook { get; } = new(2);

    /// <summary>Enqueues what an event brings with it: one row per desired fact.</summary>
    public static void FollowUp(UnitOfWork unit, Onboarding state, OnboardingEvent @event)
    {
        switch (@event)
        {
            case OnboardingStarted { AwaitingApproval: true }:
                unit.Enqueue(Approval, state.Id, FirstLooks);
                break;
            case OnboardingStarted:
                Begin(unit, state);
                break;
            case OnboardingApproved e:
                Begin(unit, state);
                Settle(unit, state, true, e.By);
                Tell(unit, state, new NoticeMailDue(state.Account, NoticeTemplates.RegistrationApproved));
                break;
            case OnboardingDenied e:
                Settle(unit, state, false, e.By);
                unit.Enqueue(Closing, state.Id, new DeniedAccountDue(state.Account));
                Tell(unit, state, new NoticeMailDue(
                    null,
                    NoticeTemplates.RegistrationDenied,
                    InviteId: state.InviteId,
                    ApprovalId: ApprovalId.Of(state.InviteId, ApprovalSubject.Newcomer)));
                break;
            case OnboardingCancelled e:
                Settle(unit, state, null, null, e.Code);
                break;
            case MembershipsRetried:
                unit.Enqueue(Memberships, state.Id, new OnboardingStepDue(state.Granting.Generation));
                break;
            case ChatAccountRetried:
                unit.Enqueue(ChatAccount, state.Id, new OnboardingStepDue(state.ChatAccount.Generation));
                break;
            case ChatAccountResolved:
                EnterRooms(unit, state);
                break;
            case RoomRetried e:
                unit.Enqueue(Room, state.Id, new OnboardingRoomDue(e.Room, state.Room(e.Room)!.Generation));
                break;
            case InviterTold:
                Tell(unit, state, new NoticeMailDue(state.Inviter, NoticeTemplates.Joined, state.Account, state.InviteId));
                break;
            case MemberTold:
                Tell(unit, state, new NoticeMailDue(
                    state.Account,
                    NoticeTemplates.MemberAdded,
                    state.Inviter,
                    Memberships: state.Memberships,
                    HasRooms: state.Rooms.Count > 0));
                break;
        }
    }

    private static void Begin(UnitOfWork unit, Onboarding state)
    {
        unit.Enqueue(Memberships, state.Id, new OnboardingStepDue(state.Granting.Generation));
        if (state.Rooms.Count > 0)
        {
            unit.Enqueue(ChatAccount, state.Id, new OnboardingStepDue(state.ChatAccount.Generation));
        }
    }

    private static void EnterRooms(UnitOfWork unit, Onboarding state)
    {
        foreach (var room in state.Rooms.Where(room => !room.IsSettled))
        {
            unit.Enqueue(Room, state.Id, new OnboardingRoomDue(room.Id, room.Generation));
        }

        if (state.IsWelcomed)
        {
            unit.Enqueue(Welcome, state.Id, new OnboardingStepDue(1));
        }
    }

    /// <summary>Does nothing to a case that was decided on the moderators' pages, or where there is none.</summary>
    private static void Settle(UnitOfWork unit, Onboarding state, bool? approve, AccountId? by, string? code = null)
    {
        if (state.Kind == OnboardingKind.Newcomer)
        {
            unit.Enqueue(
                ApprovalOutbox.Settled, state.Id, new ApprovalSettled(ApprovalId.Of(state.InviteId, ApprovalSubject.Newcomer), approve, by, code));
        }
    }

    private static void Tell(UnitOfWork unit, Onboarding state, NoticeMailDue notice) => unit.Enqueue(DeliveryOutbox.Notice, state.Id, notice);
}

internal sealed record OnboardingStepDue(int Generation);

internal sealed record OnboardingRoomDue(RoomId Room, int Generation);

internal sealed record DeniedAccountDue(AccountId Account);

[JsonSerializable(typeof(OnboardingStepDue))]
[JsonSerializable(typeof(OnboardingRoomDue))]
[JsonSerializable(typeof(DeniedAccountDue))]
internal sealed partial class OnboardingOutboxJson : JsonSerializerContext;
