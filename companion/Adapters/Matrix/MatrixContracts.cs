namespace Companion.Adapters.Matrix;

internal sealed record NoBody;

internal sealed record MatrixError(string? Errcode, long? RetryAfterMs);

internal sealed record JoinedRooms([property: JsonPropertyName("joined_rooms")] IReadOnlyList<RoomId> Rooms);

internal sealed record WhoAmI(MatrixUserId UserId);

internal sealed record SignInFlows(IReadOnlyList<SignInFlow> Flows);

internal sealed record SignInFlow(string Type, IReadOnlyList<SignInProvider>? IdentityProviders);

internal sealed record SignInProvider(string Id);

internal sealed record InviteBody(MatrixUserId UserId);

internal sealed record RoomIdAnswer(RoomId RoomId);

internal sealed record EventAnswer(string EventId);

internal sealed record StateEvent(string Type, string? StateKey, string? Sender, JsonElement Content, UnsignedData? Unsigned);

/// <param name="ReplacesState">The event before; the server does not repeat its content here.</param>
internal sealed record UnsignedData(string? ReplacesState);

internal sealed record MemberContent(string? Membership);

internal sealed record TopicContent(string? Topic);

internal sealed record TombstoneContent(string? ReplacementRoom);

internal sealed record CreateContent(string? RoomVersion, string? Creator, IReadOnlyList<string>? AdditionalCreators, Predecessor? Predecessor);

internal sealed record Predecessor(string? RoomId);

/// <summary>Old rooms hold numbers as strings.</summary>
[JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
internal sealed record PowerLevelsContent(IReadOnlyDictionary<string, long>? Users, long? UsersDefault, long? Invite);

internal sealed record CreateRoomBody(
    string Preset, bool IsDirect, IReadOnlyList<MatrixUserId> Invite, IReadOnlyList<InitialState> InitialState);

internal sealed record InitialState(string Type, string StateKey, MarkerContent Content);

/// <summary>Content of the state event that marks a room as made here.</summary>
internal sealed record MarkerContent(string Purpose);

internal sealed record TextMessage(string Msgtype, string Body);

internal sealed record AdminStateAnswer(IReadOnlyList<StateEvent> State);

internal sealed record MembershipsAnswer(IReadOnlyDictionary<string, string> Memberships);

internal sealed record UserLookup(MatrixUserId UserId);

internal sealed record ExternalId(string AuthProvider, [property: JsonPropertyName("external_id")] string Id);

/// <summary>A chat account as the admin API shows it.</summary>
/// <param name="CreationTs">Seconds, though lists of accounts give milliseconds.</param>
internal sealed record ChatUser(
    MatrixUserId Name, bool Deactivated, bool? Locked, bool? Suspended, bool? ShadowBanned, IReadOnlyList<ExternalId>? ExternalIds, long? CreationTs, string? AvatarUrl = null);

internal sealed record NewUserBody(string Displayname, IReadOnlyList<ExternalId> ExternalIds);

internal sealed record AvatarBody(string AvatarUrl);

internal sealed record UploadAnswer(string ContentUri);

internal sealed record DeactivateBody(bool Erase);

internal sealed record RateLimitOverride(int? MessagesPerSecond, int? BurstCount)
{
    /// <summary>Only zeros lift the limits, those of invites too; large numbers do not.</summary>
    [JsonIgnore]
    public bool IsUnlimited => this is { MessagesPerSecond: 0, BurstCount: 0 };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(LenientText)])]
[JsonSerializable(typeof(NoBody))]
[JsonSerializable(typeof(MatrixError))]
[JsonSerializable(typeof(JoinedRooms))]
[JsonSerializable(typeof(WhoAmI))]
[JsonSerializable(typeof(SignInFlows))]
[JsonSerializable(typeof(InviteBody))]
[JsonSerializable(typeof(RoomIdAnswer))]
[JsonSerializable(typeof(EventAnswer))]
[JsonSerializable(typeof(StateEvent))]
[JsonSerializable(typeof(MemberContent))]
[JsonSerializable(typeof(List<StateEvent>))]
[JsonSerializable(typeof(TopicContent))]
[JsonSerializable(typeof(TombstoneContent))]
[JsonSerializable(typeof(CreateContent))]
[JsonSerializable(typeof(PowerLevelsContent))]
[JsonSerializable(typeof(CreateRoomBody))]
[JsonSerializable(typeof(MarkerContent))]
[JsonSerializable(typeof(TextMessage))]
[JsonSerializable(typeof(AdminStateAnswer))]
[JsonSerializable(typeof(MembershipsAnswer))]
[JsonSerializable(typeof(UserLookup))]
[JsonSerializable(typeof(ChatUser))]
[JsonSerializable(typeof(NewUserBody))]
[JsonSerializable(typeof(AvatarBody))]
[JsonSerializable(typeof(UploadAnswer))]
[JsonSerializable(typeof(DeactivateBody))]
[JsonSerializable(typeof(RateLimitOverride))]
[JsonSerializable(typeof(Dictionary<string, List<string>>))]
internal sealed partial class MatrixJson : JsonSerializerContext;
