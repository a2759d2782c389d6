using System.Text.Json.Serialization;

namespace Companion.Journey.Members;

/// <summary>Stored shapes of the member stream: member names as they are, enums as strings.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(Member))]
[JsonSerializable(typeof(ChatCodeRequested))]
[JsonSerializable(typeof(ChatCodeSent))]
[JsonSerializable(typeof(ChatCodeUndeliverable))]
[JsonSerializable(typeof(ChatCodeMistaken))]
[JsonSerializable(typeof(ChatAccountConnected))]
[JsonSerializable(typeof(ChatAccountDisconnected))]
[JsonSerializable(typeof(PictureSet))]
[JsonSerializable(typeof(PictureRemoved))]
[JsonSerializable(typeof(MemberFlagged))]
[JsonSerializable(typeof(MemberUnflagged))]
[JsonSerializable(typeof(InvitingFrozen))]
[JsonSerializable(typeof(InvitingThawed))]
internal sealed partial class MemberJson : JsonSerializerContext;
