using Companion.Community.Timeline;

namespace Companion.Oversight.Webhooks;

/// <summary>Table companion.webhook_endpoint: up to where in the timeline's feed each endpoint was handed its entries.</summary>
internal static class WebhookCursors
{
    /// <summary>Who moves a cursor, or the timeline under them, has all of them to itself.</summary>
    public static readonly long Lock = AdvisoryLock.Of("webhook cursors");

    /// <summary>A new endpoint's begins at what is not final yet.</summary>
    public static async Task<WebhookPlace> LockAsync(
        UnitOfWork unit, string endpoint, Guid stream, Guid? finished, CancellationToken cancellationToken)
    {
        var places = await unit.QueryLockedAsync(
            [Lock],
            """
            select coalesce(w.xid, pg_snapshot_xmin(pg_current_snapshot()))::text, coalesce(w.entry_id, 0), w.name is not null, w.stopped_at is not null,
              exists (select from companion.outbox_message m
                where m.stream_id = @stream and m.kind = @kind and m.done_at is null and m.dead_at is null and m.id is distinct from @finished)
            from (select 1) one left join companion.webhook_endpoint w on w.name = @name
            """,
            reader => new WebhookPlace(
                new TimelineCursor(TimelineReader.ReadTransaction(reader, 0), reader.GetInt64(1)), reader.GetBoolean(2), reader.GetBoolean(3), reader.GetBoolean(4)),
            [
                Param.Text("name", endpoint),
                Param.Uuid("stream", stream),
                Param.Text("kind", WebhookOutbox.Delivery.Name),
                Param.Uuid("finished", finished),
            ],
            cancellationToken);
        return places[0];
    }

    public static void Move(UnitOfWork unit, string endpoint, TimelineCursor to) => unit.Queue(
        """
        insert into companion.webhook_endpoint (name, xid, entry_id) values (@name, @xid::xid8, @id)
        on conflict (name) do update set xid = excluded.xid, entry_id = excluded.entry_id
        """,
        Param.Text("name", endpoint),
        Param.Text("xid", to.TransactionText),
        Param.Long("id", to.Id));

    /// <summary>Nothing is handed to an endpoint that says it is gone, until it takes something again.</summary>
    public static Task SetStoppedAsync(UnitOfWork unit, string endpoint, bool stopped, CancellationToken cancellationToken) => unit.QueryLockedAsync(
        [Lock],
        """
        update companion.webhook_endpoint set stopped_at = case when @stopped then @now end
        where name = @name and (stopped_at is not null) <> @stopped
        returning name
        """,
        reader => reader.GetString(0),
        [Param.Text("name", endpoint), Param.Bool("stopped", stopped), Param.Time("now", unit.Now)],
        cancellationToken);
}

/// <param name="Cursor">The last entry that was handed over.</param>
/// <param name="IsKnown">Named before.</param>
/// <param name="IsStopped">It said that it is gone.</param>
/// <param name="IsBusy">Another delivery to it is not over.</param>
internal sealed record WebhookPlace(TimelineCursor Cursor, bool IsKnown, bool IsStopped, bool IsBusy);
