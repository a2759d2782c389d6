using System.Text.Json.Serialization;

namespace Companion.Journey.Members;

/// <param name="MatrixId">The chat account that was proved to be the caller's; null where none was.</param>
/// <param name="Pending">The code that was asked for last and was not given back yet.</param>
internal sealed record MatrixConnection(string? MatrixId, PendingCodeView? Pending);

/// <param name="Status">requested, sent or undeliverable.</param>
/// <param name="Failure">matrix_unreachable or matrix_taken where it is undeliverable.</param>
internal sealed record PendingCodeView(string MatrixId, string Status, string? Failure, DateTimeOffset ExpiresAt);

/// <param name="Code">As the bot sent it; without it a code is sent.</param>
internal sealed record MatrixConnectionRequest(string MatrixId, string? Code = null);

/// <param name="Url">Where anybody may see it.</param>
internal sealed record PictureAnswer(string Url);

/// <summary>Shapes of the members' API on the wire.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(MeAnswer))]
[JsonSerializable(typeof(MatrixConnection))]
[JsonSerializable(typeof(MatrixConnectionRequest))]
[JsonSerializable(typeof(PictureAnswer))]
internal sealed partial class MemberApiJson : JsonSerializerContext;
