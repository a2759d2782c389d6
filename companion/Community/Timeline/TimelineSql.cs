namespace Companion.Community.Timeline;

internal static class TimelineSql
{
    /// <summary>For a kind of stream whose events the timeline shows as this describes them; null for what no timeline shows.</summary>
    public static Func<TState, TEvent, Guid, Statement?> Telling<TState, TEvent>(Func<TState, TEvent, TimelineEntry?> describe) =>
        (state, @event, eventId) => describe(state, @event) is { } entry ? Insert(entry, eventId) : null;

    /// <param name="eventId">What the entry tells; null for an id by chance.</param>
    public static Statement Insert(TimelineEntry entry, Guid? eventId = null) => new(
        """
        insert into companion.timeline_entry (kind, type, at, actor, account, inviter, invite_id, detail, event_id)
        values (@kind, @type, @at, @actor, @account, @inviter, @invite_id, @detail, coalesce(@event_id, gen_random_uuid()))
        """,
        [
            Param.Text("kind", entry.Kind == TimelineKind.UserEvent ? "UserEvent" : "AdminEvent"),
            Param.Text("type", entry.Type),
            Param.Time("at", entry.At),
            Param.Text("actor", entry.Actor?.Value),
            Param.Text("account", entry.Account?.Value),
            Param.Text("inviter", entry.Inviter?.Value),
            Param.Uuid("invite_id", entry.InviteId?.Value),
            Param.Text("detail", entry.Detail),
            Param.Uuid("event_id", eventId),
        ]);

    /// <summary>The next entries of the feed, for those who must see all of it. Nothing can come before an entry whose transaction is older than all that run.</summary>
    public static Task<List<FeedEntry>> FinalAfterAsync(UnitOfWork unit, TimelineCursor after, int limit, CancellationToken cancellationToken) => unit.QueryAsync(
        """
        select id, kind, type, at, actor, account, inviter, invite_id, detail, xid::text as position, event_id
        from companion.timeline_entry
        where (xid, id) > (@xid::xid8, @id) and xid < pg_snapshot_xmin(pg_current_snapshot())
        order by xid, id
        limit @limit
        """,
        reader => new FeedEntry(TimelineReader.ReadLine(reader, 0), TimelineReader.ReadTransaction(reader, 9), reader.GetGuid(10)),
        [Param.Text("xid", after.TransactionText), Param.Long("id", after.Id), Param.Int("limit", limit)],
        cancellationToken);
}

/// <param name="EventId">What the entry tells; stays when the timeline is written again.</param>
internal sealed record FeedEntry(TimelineLine Line, ulong Transaction, Guid EventId)
{
    public TimelineCursor Position => new(Transaction, Line.Id);
}
