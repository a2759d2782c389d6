using System.Text.Json.Serialization;

namespace Companion.Journey.Onboarding;

/// <summary>Stored shapes of the onboarding stream: member names as they are, enums as strings.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(Onboarding))]
[JsonSerializable(typeof(OnboardingStarted))]
[JsonSerializable(typeof(OnboardingApproved))]
[JsonSerializable(typeof(OnboardingDenied))]
[JsonSerializable(typeof(OnboardingCancelled))]
[JsonSerializable(typeof(OnboardingCompleted))]
[JsonSerializable(typeof(MembershipsGranted))]
[JsonSerializable(typeof(MembershipsFailed))]
[JsonSerializable(typeof(MembershipsRetried))]
[JsonSerializable(typeof(ChatAccountResolved))]
[JsonSerializable(typeof(ChatAccountParked))]
[JsonSerializable(typeof(ChatAccountUnavailable))]
[JsonSerializable(typeof(ChatAccountRetried))]
[JsonSerializable(typeof(RoomJoined))]
[JsonSerializable(typeof(RoomInvited))]
[JsonSerializable(typeof(RoomParked))]
[JsonSerializable(typeof(RoomSkipped))]
[JsonSerializable(typeof(RoomDeclined))]
[JsonSerializable(typeof(RoomBlocked))]
[JsonSerializable(typeof(RoomRetried))]
[JsonSerializable(typeof(WelcomeSent))]
[JsonSerializable(typeof(WelcomeSkipped))]
[JsonSerializable(typeof(InviterTold))]
[JsonSerializable(typeof(MemberTold))]
internal sealed partial class OnboardingJson : JsonSerializerContext;
