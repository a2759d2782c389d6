namespace Companion.Journey.Invites;

/// <summary>Shapes of the invite API on the wire.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(InviteId))]
[JsonSerializable(typeof(IssueInvitesRequest))]
[JsonSerializable(typeof(IssueInvitesAnswer))]
[JsonSerializable(typeof(DryRunAnswer))]
[JsonSerializable(typeof(TakenLink))]
[JsonSerializable(typeof(ChangedInvite))]
[JsonSerializable(typeof(InviteView))]
[JsonSerializable(typeof(InvitePage))]
[JsonSerializable(typeof(InviteOptionsAnswer))]
internal sealed partial class InviteApiJson : JsonSerializerContext;
