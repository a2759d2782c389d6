using Companion.Community.Timeline;

namespace Companion.Oversight.Webhooks;

/// <summary>Keeps what endpoints were not handed yet while the timeline is written again.</summary>
internal sealed class WebhookPlaces : ITimelineFollower
{
    public async Task<Func<Task>> LeaveAsync(UnitOfWork unit, CancellationToken cancellationToken)
    {
        var waiting = await unit.QueryLockedAsync(
            [WebhookCursors.Lock],
            """
            select w.name, coalesce(array_agg(e.event_id) filter (where e.event_id is not null), '{}')
            from companion.webhook_endpoint w left join companion.timeline_entry e on (e.xid, e.id) > (w.xid, w.entry_id)
            group by w.name
            """,
            reader => (Endpoint: reader.GetString(0), Events: reader.GetFieldValue<Guid[]>(1)),
            [],
            cancellationToken);
        return async () =>
        {
            foreach (var (endpoint, events) in waiting)
            {
                await ReturnAsync(unit, endpoint, events, cancellationToken);
            }
        };
    }

    /// <summary>
    /// Puts the cursor before the first of these, or behind everything. What transactions that ran side by side wrote may have changed
    /// places: then an entry comes twice, with the same id.
    /// </summary>
    private static Task<int> ReturnAsync(UnitOfWork unit, string endpoint, Guid[] events, CancellationToken cancellationToken) => unit.ExecuteAsync(
        """
        update companion.webhook_endpoint
        set xid = pg_current_xact_id(),
          entry_id = coalesce(
            (select min(id) - 1 from companion.timeline_entry where event_id = any (@events)),
            (select max(id) from companion.timeline_entry),
            0)
        where name = @name
        """,
        [Param.Text("name", endpoint), Param.Uuids("events", events)],
        cancellationToken);
}
