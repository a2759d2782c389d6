using System.Globalization;
using Companion.Decisions;
using Companion.Invites;

namespace Companion.Timeline;

/// <summary>What of the timeline is asked for, checked.</summary>
/// <param name="OldestFirst">The resumable feed; otherwise newest first.</param>
internal sealed record TimelineQuery(
    string? Kind,
    string? Type,
    string? Person,
    InviteId? Invite,
    DateTimeOffset? From,
    DateTimeOffset? To,
    int Limit,
    bool OldestFirst,
    TimelineCursor? Cursor)
{
    public const int LongestPage = 200;

    private const int DefaultPage = 50;

    private const int LongestText = 255;

    /// <returns>The query, or the refusal that names the parameter at fault.</returns>
    public static (TimelineQuery? Query, Refusal? Refusal) Parse(TimelineParameters parameters)
    {
        var oldestFirst = parameters.Order == "oldest";
        var limit = DefaultPage;
        var cursor = parameters.Cursor is null ? null : TimelineCursor.Parse(parameters.Cursor, oldestFirst);
        Refusal? refusal = parameters switch
        {
            { Order: not (null or "newest" or "oldest") } => Malformed("order", "Use newest or oldest."),
            { Kind: not (null or nameof(TimelineKind.UserEvent) or nameof(TimelineKind.AdminEvent)) } =>
                Malformed("kind", "Use UserEvent or AdminEvent."),
            { Type.Length: > LongestText } => Malformed("type", "Use the name of an event, such as invite_redeemed."),
            { Person.Length: > LongestText } => Malformed("person", "Use the id of an account."),
            { Invite: { } invite } when !Guid.TryParse(invite, out _) => Malformed("invite", "Use the id of an invite."),
            { From: { } from } when Time(from) is null => Malformed("from", "Use a time such as 2026-03-02T10:00:00Z."),
            { To: { } to } when Time(to) is null => Malformed("to", "Use a time such as 2026-03-02T10:00:00Z."),
            { Limit: { } text } when !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > LongestPage =>
                Malformed("limit", "Use a number from 1 to 200."),
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
                limit,
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
