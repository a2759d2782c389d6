namespace Companion.Community.Timeline;

/// <param name="Next">Cursor of the next page. Newest first: null at the end. Oldest first: always there, to ask again later.</param>
internal sealed record TimelinePage(IReadOnlyList<TimelineLine> Entries, string? Next);

/// <summary>One entry as the API shows it.</summary>
/// <param name="Kind">UserEvent or AdminEvent.</param>
/// <param name="Type">Name of the event, e.g. invite_redeemed.</param>
/// <param name="Actor">Account that did it; null for the system.</param>
/// <param name="Account">Account it is about; null while there is none.</param>
/// <param name="Contact">The invited address, masked; null for members, and once it was erased. Not part of the entry: read beside it.</param>
internal sealed record TimelineLine(
    long Id,
    string Kind,
    string Type,
    DateTimeOffset At,
    string? Actor,
    string? Account,
    string? Inviter,
    Guid? InviteId,
    string? Detail,
    string? Contact = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TimelinePage))]
[JsonSerializable(typeof(TimelineLine))]
[JsonSerializable(typeof(TimelineVerdict))]
internal sealed partial class TimelineJson : JsonSerializerContext;
