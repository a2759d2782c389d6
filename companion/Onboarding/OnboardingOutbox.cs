using System.Text.Json.Serialization;
using Companion.Directory;
using Companion.Outbox;

namespace Companion.Onboarding;

/// <summary>The to-dos of an onboarding; each row's stream is the onboarding's.</summary>
internal static class OnboardingOutbox
{
    public static OutboxKind<OnboardingStepDue> Approval { get; } = new("onboarding_approval", OnboardingOutboxJson.Default.OnboardingStepDue);

    public static OutboxKind<OnboardingStepDue> Memberships { get; } = new("onboarding_memberships", OnboardingOutboxJson.Default.OnboardingStepDue);

    public static OutboxKind<OnboardingStepDue> ChatAccount { get; } = new("onboarding_chat_account", OnboardingOutboxJson.Default.OnboardingStepDue);

    public static OutboxKind<OnboardingRoomDue> Room { get; } = new("onboarding_room", OnboardingOutboxJson.Default.OnboardingRoomDue);

    public static OutboxKind<OnboardingStepDue> Welcome { get; } = new("onboarding_welcome", OnboardingOutboxJson.Default.OnboardingStepDue);
}

internal sealed record OnboardingStepDue(int Generation);

internal sealed record OnboardingRoomDue(RoomId Room, int Generation);

[JsonSerializable(typeof(OnboardingStepDue))]
[JsonSerializable(typeof(OnboardingRoomDue))]
internal sealed partial class OnboardingOutboxJson : JsonSerializerContext;
