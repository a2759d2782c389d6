using System.Text.Json.Serialization;

namespace Companion.Community.Approvals;

/// <summary>Stored shapes of the approval stream: member names as they are, enums as strings.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(Approval))]
[JsonSerializable(typeof(ApprovalRequested))]
[JsonSerializable(typeof(ApprovalTaken))]
[JsonSerializable(typeof(ApprovalDropped))]
[JsonSerializable(typeof(ApprovalVoteCast))]
[JsonSerializable(typeof(ApprovalQuestionAsked))]
[JsonSerializable(typeof(ApprovalQuestionAnswered))]
[JsonSerializable(typeof(ApprovalNoteAdded))]
[JsonSerializable(typeof(ApprovalEscalated))]
[JsonSerializable(typeof(ApprovalWaived))]
[JsonSerializable(typeof(ApprovalGranted))]
[JsonSerializable(typeof(ApprovalRefused))]
[JsonSerializable(typeof(ApprovalClosed))]
internal sealed partial class ApprovalJson : JsonSerializerContext;
