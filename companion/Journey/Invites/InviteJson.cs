namespace Companion.Journey.Invites;

/// <summary>Stored shapes of the invite stream: member names as they are, enums as strings.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(Invite))]
[JsonSerializable(typeof(InviteIssued))]
[JsonSerializable(typeof(InviteApproved))]
[JsonSerializable(typeof(InviteDenied))]
[JsonSerializable(typeof(InviteResent))]
[JsonSerializable(typeof(InviteExtended))]
[JsonSerializable(typeof(InviteLinkTaken))]
[JsonSerializable(typeof(InviteSent))]
[JsonSerializable(typeof(InviteDeliveryFailed))]
[JsonSerializable(typeof(InviteDeliveryUnknown))]
[JsonSerializable(typeof(InviteMatchedAccount))]
[JsonSerializable(typeof(InviteReminded))]
[JsonSerializable(typeof(InviteRevoked))]
[JsonSerializable(typeof(InviteDeclined))]
[JsonSerializable(typeof(InviteExpired))]
[JsonSerializable(typeof(InviteClaimed))]
[JsonSerializable(typeof(InviteReleased))]
[JsonSerializable(typeof(InviteRedeemed))]
[JsonSerializable(typeof(InviteContested))]
internal sealed partial class InviteJson : JsonSerializerContext;
