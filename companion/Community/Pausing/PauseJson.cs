using System.Text.Json.Serialization;

namespace Companion.Community.Pausing;

/// <summary>Stored shapes of the pause stream: member names as they are.</summary>
[JsonSerializable(typeof(Pause))]
[JsonSerializable(typeof(InvitingPaused))]
[JsonSerializable(typeof(InvitingResumed))]
internal sealed partial class PauseJson : JsonSerializerContext;
