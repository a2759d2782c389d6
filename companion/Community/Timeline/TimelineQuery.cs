namespace Companion.Community.Timeline;

/// <summary>What of the timeline is asked for, checked.</summary>
/// <param name="Limit">Null for the whole, in an export.</param>
/// <param name="OldestFirst">The resumable feed; otherwise newest first.</param>
internal sealed record TimelineQuery(
    string? Kind,
    string? Type,
    string? Person,
    InviteId? Invite,
    DateTimeOffset? From,
    DateTimeOffset? To,
    int? Limit,
    bool OldestFirst,
    TimelineCursor? Cursor)
{
    public const int LongestPage = 200;

    private const int DefaultPage = 50;

    private const int LongestText = 255;

    /// <summary>One page.</summary>
    /// <returns>The query, or the refusal that names the parameter at fault.</returns>
    public static (TimelineQuery? Query, Refusal? Refusal) Parse(TimelineParameters parameters)
    {
        var (query, refusal) = parameters.Order is null or "newest" or "oldest"
            ? Parse(parameters, parameters.Order == "oldest")
            : (null, Malformed("order", "Use newest or oldest."));
        return query is { Limit: > LongestPage }
            ? (null, Malformed("limit", "Use a number from 1 to 200."))
            : (query is null ? null : query with { Limit = query.Limit ?? DefaultPage }, refusal);
    }

    /// <summary>The whole from a cursor on, oldest first.</summary>
    /// <inheritdoc cref="Parse(TimelineParameters)"/>
    public static (TimelineQuery? Query, Refusal? Refusal) ParseExport(TimelineParameters parameters) =>
        parameters.Order is null or "oldest" ? Parse(parameters, oldestFirst: true) : (null, Malformed("order", "An export is oldest first."));

    private static (TimelineQuery? Query, Refusal? Refusal) Parse(TimelineParameters parameters, bool oldestFirst)
    {
        var limit = 0;
        var cursor = parameters.Cursor is null ? null : TimelineCursor.Parse(parameters.Cursor, oldestFirst);
        Refusal? refusal = parameters switch
        {
            { Kind: not (null or nameof(TimelineKind.UserEvent) or nameof(TimelineKind.AdminEvent)) } =>
                Malformed("kind", "Use UserEvent or AdminEvent."),
            { Type.Length: > LongestText } => Malformed("type", "Use the name of an event, such as invite_redeemed."),
            { Person.Length: > LongestText } => Malformed("person", "Use the id of an account."),
            { Invite: { } invite } when !Guid.TryParse(invite, out _) => Malformed("invite", "Use the id of an invite."),
            { From: { } from } when Time(from) is null => Malformed("from", "Use a time such as 2026-03-02T10:00:00Z."),
            { To: { } to } when Time(to) is null => Malformed("to", "Use a time such as 2026-03-02T10:00:00Z."),
            { Limit: { } text } when !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit < 1 =>
                Malformed("limit", "Use a number from 1 on."),
            { Cursor: not null } when cursor is null => Malformed("cursor", "Use the cursor of the page before, with the same order."),
            _ => null,
        };
        return refusal is not null
            ? (null, refusal)
            : (new TimelineQuery(
                parameters.Kind,
                parameters.Type,
                parameters.Person,
                parameters.Invite is null ? null : new InviteId(Guid.Parse(parameters.Invite)),
                Time(parameters.From),
                Time(parameters.To),
                parameters.Limit is null ? null : limit,
                oldestFirst,
                cursor), null);
    }

    private static Refusal Malformed(string field, string what) => new("parameter_malformed", what, field);

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}

/// <summary>The query string as it came.</summary>
internal sealed record TimelineParameters
{
    public string? Kind { get; init; }

    /// <summary>Account that did it, that it is about, or whose invite it was.</summary>
    public string? Person { get; init; }

    public string? Invite { get; init; }

    /// <summary>Not before.</summary>
    public string? From { get; init; }

    /// <summary>Before.</summary>
    public string? To { get; init; }

    public string? Type { get; init; }

    public string? Order { get; init; }

    public string? Cursor { get; init; }

    public string? Limit { get; init; }
}
